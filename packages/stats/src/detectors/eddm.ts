import type { Alarm, Detector } from './detector.ts'
import { RunningMean } from './running-mean.ts'

/**
 * Early Drift Detection Method on errors (1 wrong, 0 right): the distances between errors have shrunk from their best.
 * Baena-García et al. (2006), IWKDDS. river: drift.binary.EDDM.
 */
export function eddm({ warmUp = 30, warning = 0.95, drift = 0.9 } = {}): Detector {
  const fresh = () => ({ seen: 0, errors: 0, last: 0, best: -1, distances: new RunningMean(), alarm: null as Alarm })
  let state = fresh()
  return {
    update(value) {
      if (state.alarm === 'drift') state = fresh()
      state.seen++
      if (value !== 1) return state.alarm
      state.errors++
      state.distances.add(state.seen - state.last)
      state.last = state.seen
      if (state.seen <= warmUp) return state.alarm
      const reach = state.distances.mean + 2 * Math.sqrt(state.distances.variance)
      if (reach > state.best) state.best = reach
      else if (state.errors > warmUp) {
        const level = reach / state.best
        state.alarm = level < drift ? 'drift' : level < warning ? 'warning' : null
      }
      return state.alarm
    },
  }
}
