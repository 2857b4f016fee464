import type { Detector } from './detector.ts'
import { RunningMean } from './running-mean.ts'

/**
 * Drift Detection Method on errors (1 wrong, 0 right): the error rate has left its best by three standard deviations.
 * Gama et al. (2004), SBIA, 286–295. river: drift.binary.DDM.
 */
export function ddm({ warmUp = 30, warning = 2, drift = 3 } = {}): Detector {
  let rate = new RunningMean()
  let best = { rate: 0, deviation: 0, sum: Infinity }
  return {
    update(value) {
      rate.add(value)
      if (rate.count <= warmUp) return null
      const deviation = Math.sqrt((rate.mean * (1 - rate.mean)) / rate.count)
      const sum = rate.mean + deviation
      if (sum <= best.sum) best = { rate: rate.mean, deviation, sum }
      if (sum > best.rate + drift * best.deviation) {
        rate = new RunningMean()
        best = { rate: 0, deviation: 0, sum: Infinity }
        return 'drift'
      }
      return sum > best.rate + warning * best.deviation ? 'warning' : null
    },
  }
}
