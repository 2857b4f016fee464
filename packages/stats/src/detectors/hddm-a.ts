import type { Detector } from './detector.ts'
import { RunningMean } from './running-mean.ts'

/**
 * Drift detection by Hoeffding's inequality on plain averages of values in [0, 1].
 * Frías-Blanco et al. (2014), IEEE TKDE 27(3), 810–823. river: drift.binary.HDDMA.
 */
export function hddmA({ drift = 0.001, warning = 0.005, twoSided = false } = {}): Detector {
  const reach = (count: number) => Math.sqrt((1 / (2 * count)) * Math.log(1 / drift))
  let all = new RunningMean()
  let lowest = all
  let highest = all
  /** True where the mean has left that of its first part by more than the bound. */
  const left = (first: RunningMean, sign: 1 | -1, confidence: number) => {
    if (first.count === all.count) return false
    const m = ((all.count - first.count) / first.count) * (1 / all.count)
    return sign * (all.mean - first.mean) >= Math.sqrt((m / 2) * Math.log(2 / confidence))
  }
  return {
    update(value) {
      all.add(value)
      if (lowest.count === 0 || lowest.mean + reach(lowest.count) >= all.mean + reach(all.count)) lowest = all.copy()
      if (highest.count === 0 || highest.mean - reach(highest.count) <= all.mean - reach(all.count))
        highest = all.copy()
      if (left(lowest, 1, drift) || (twoSided && left(highest, -1, drift))) {
        all = new RunningMean()
        lowest = all
        highest = all
        return 'drift'
      }
      return left(lowest, 1, warning) || (twoSided && left(highest, -1, warning)) ? 'warning' : null
    },
  }
}
