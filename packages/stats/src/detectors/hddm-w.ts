import type { Detector } from './detector.ts'

/** An exponentially weighted mean and the sum of its squared weights, which McDiarmid's bound needs. */
interface Faded {
  readonly mean: number
  /** Null before the first value. */
  readonly started: boolean
  readonly squares: number
}

const nothing: Faded = { mean: 0, started: false, squares: 1 }

/**
 * Drift detection by McDiarmid's inequality on exponentially weighted averages of values in [0, 1].
 * Frías-Blanco et al. (2014), IEEE TKDE 27(3), 810–823. river: drift.binary.HDDMW.
 */
export function hddmW({ drift = 0.001, warning = 0.005, lambda = 0.05, twoSided = false } = {}): Detector {
  const add = ({ mean, started, squares }: Faded, value: number): Faded => ({
    mean: started ? lambda * value + (1 - lambda) * mean : value,
    started: true,
    squares: lambda ** 2 + (1 - lambda) ** 2 * squares,
  })
  const bound = (squares: number, confidence: number) => Math.sqrt((squares * Math.log(1 / confidence)) / 2)
  const above = (high: Faded, low: Faded, confidence: number) =>
    high.started && low.started && high.mean - low.mean > bound(high.squares + low.squares, confidence)
  const fresh = () => ({
    all: nothing,
    rise: { before: nothing, after: nothing, cut: Infinity },
    fall: { before: nothing, after: nothing, cut: -Infinity },
  })
  let state = fresh()
  return {
    update(value) {
      const all = add(state.all, value)
      const reach = bound(all.squares, drift)
      const rise =
        all.mean + reach < state.rise.cut
          ? { before: all, after: nothing, cut: all.mean + reach }
          : { ...state.rise, after: add(state.rise.after, value) }
      const fall =
        all.mean - reach > state.fall.cut
          ? { before: all, after: nothing, cut: all.mean - reach }
          : { ...state.fall, after: add(state.fall.after, value) }
      state = { all, rise, fall }
      const changed = (confidence: number) =>
        above(rise.after, rise.before, confidence) || (twoSided && above(fall.before, fall.after, confidence))
      if (changed(drift)) {
        state = fresh()
        return 'drift'
      }
      return changed(warning) ? 'warning' : null
    },
  }
}
