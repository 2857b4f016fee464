import { weightedMean } from './weighted-mean.ts'
import type { Statistic } from './weights.ts'

/**
 * Mean negative log of the actual class's score, clipped at the machine epsilon. scikit-learn: log_loss.
 * @param scores rows × classes, row-major.
 */
export function logLoss(labels: ArrayLike<number>, scores: ArrayLike<number>, classes: number): Statistic {
  return weightedMean(
    Float64Array.from(labels, (label, row) => {
      const score = scores[row * classes + label]!
      return -Math.log(Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON))
    }),
  )
}
