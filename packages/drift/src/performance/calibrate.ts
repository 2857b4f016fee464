import { isotonicRegression } from '@mlwright/stats'
import type { ScoredSample } from './scored-sample.ts'

const bins = 10

/** Expected calibration error over ten bins of equal counts. */
function calibrationError(chances: readonly number[], labels: readonly number[]): number {
  const order = [...chances.keys()].sort((a, b) => chances[a]! - chances[b]!)
  let error = 0
  for (let bin = 0; bin < bins; bin++) {
    const rows = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins))
    error += Math.abs(rows.reduce((sum, row) => sum + chances[row]! - labels[row]!, 0))
  }
  return error / chances.length
}

/**
 * Scores as chances: by isotonic regression where that makes them better calibrated on rows that it was not fitted to
 * (every other row), else as they are. All rows have to be labelled.
 */
export function calibrate({ scores, labels }: ScoredSample): {
  readonly calibrated: boolean
  readonly chance: (score: number) => number
} {
  const half = (values: Float64Array, odd: 0 | 1) => [...values.filter((_, row) => row % 2 === odd)]
  const fitted = isotonicRegression(half(scores, 0), half(labels, 0))
  const [held, truth] = [half(scores, 1), half(labels, 1)]
  const calibrated = held.length > 0 && calibrationError(held.map(fitted), truth) < calibrationError(held, truth)
  return { calibrated, chance: calibrated ? isotonicRegression(scores, labels) : (score) => score }
}
