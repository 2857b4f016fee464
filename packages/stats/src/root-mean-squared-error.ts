import { weightedMean } from './weighted-mean.ts'
import type { Statistic } from './weights.ts'

/** scikit-learn: root_mean_squared_error. */
export function rootMeanSquaredError(actual: ArrayLike<number>, predicted: ArrayLike<number>): Statistic {
  const mean = weightedMean(Float64Array.from(actual, (value, row) => (value - predicted[row]!) ** 2))
  return (weights) => Math.sqrt(mean(weights))
}
