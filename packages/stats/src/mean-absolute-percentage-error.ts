import { weightedMean } from './weighted-mean.ts'
import type { Statistic } from './weights.ts'

/** As a share, not times 100; an actual value of 0 counts as the machine epsilon. scikit-learn: mean_absolute_percentage_error. */
export function meanAbsolutePercentageError(actual: ArrayLike<number>, predicted: ArrayLike<number>): Statistic {
  return weightedMean(
    Float64Array.from(
      actual,
      (value, row) => Math.abs(value - predicted[row]!) / Math.max(Math.abs(value), Number.EPSILON),
    ),
  )
}
