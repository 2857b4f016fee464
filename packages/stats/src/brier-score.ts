import { weightedMean } from './weighted-mean.ts'
import type { Statistic } from './weights.ts'

/**
 * Mean squared error of the scores: of the positive class for two, summed over classes for more.
 * scikit-learn: brier_score_loss.
 * @param scores rows × classes, row-major.
 */
export function brierScore(labels: ArrayLike<number>, scores: ArrayLike<number>, classes: number): Statistic {
  return weightedMean(
    Float64Array.from(labels, (label, row) => {
      let sum = 0
      for (let k = classes === 2 ? 1 : 0; k < classes; k++)
        sum += ((label === k ? 1 : 0) - scores[row * classes + k]!) ** 2
      return sum
    }),
  )
}
