import type { Detector } from './detector.ts'
import { RunningMean } from './running-mean.ts'

/**
 * Page–Hinkley test: the faded sum of deviations from the running mean has left its extreme.
 * Page (1954), Biometrika 41, 100–115. river: drift.PageHinkley.
 */
export function pageHinkley({
  warmUp = 30,
  delta = 0.005,
  threshold = 50,
  alpha = 1 - 0.0001,
  mode = 'both' as 'up' | 'down' | 'both',
} = {}): Detector {
  const fresh = () => ({ mean: new RunningMean(), up: 0, down: 0, lowest: Infinity, highest: -1 })
  let state = fresh()
  return {
    update(value) {
      state.mean.add(value)
      const apart = value - state.mean.mean
      state.up = alpha * state.up + apart - delta
      state.down = alpha * state.down + apart + delta
      state.lowest = Math.min(state.lowest, state.up)
      state.highest = Math.max(state.highest, state.down)
      if (state.mean.count < warmUp) return null
      const risen = mode !== 'down' && state.up - state.lowest > threshold
      const fallen = mode !== 'up' && state.highest - state.down > threshold
      if (!risen && !fallen) return null
      state = fresh()
      return 'drift'
    },
  }
}
