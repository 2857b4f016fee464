import { weightedMean } from './weighted-mean.ts'
import type { Statistic } from './weights.ts'

/** scikit-learn: mean_absolute_error. */
export function meanAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>): Statistic {
  return weightedMean(Float64Array.from(actual, (value, row) => Math.abs(value - predicted[row]!)))
}
