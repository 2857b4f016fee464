import { ranking } from './ranking.ts'
import { type Statistic, unitWeights } from './weights.ts'

/**
 * Precision averaged over the steps of recall; undefined without a positive row. scikit-learn: average_precision_score.
 * @param positive 1 for rows of the positive class, else 0.
 */
export function averagePrecision(positive: ArrayLike<number>, scores: ArrayLike<number>): Statistic {
  const order = ranking(scores)
  const isPositive = Uint8Array.from(order.rows, (row) => positive[row]!)
  const once = unitWeights(scores.length)
  return (weights = once) => {
    let sum = 0
    let found = 0
    let predicted = 0
    let tied = 0
    for (let i = 0; i < isPositive.length; i++) {
      const weight = weights[order.rows[i]!]!
      predicted += weight
      if (isPositive[i] === 1) tied += weight
      if (order.last[i] === 0 || tied === 0) continue
      found += tied
      sum += (tied * found) / predicted
      tied = 0
    }
    return found === 0 ? Number.NaN : sum / found
  }
}
