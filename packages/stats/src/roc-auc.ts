import { ranking } from './ranking.ts'
import { type Statistic, unitWeights } from './weights.ts'

/**
 * Area under the ROC curve by the trapezoidal rule; undefined where one class has no rows. scikit-learn: roc_auc_score.
 * @param positive 1 for rows of the positive class, else 0.
 * @param rows the rows to look at (default: all).
 */
export function rocAuc(positive: ArrayLike<number>, scores: ArrayLike<number>, rows?: ArrayLike<number>): Statistic {
  const order = ranking(scores, rows)
  const isPositive = Uint8Array.from(order.rows, (row) => positive[row]!)
  const once = unitWeights(scores.length)
  return (weights = once) => {
    let area = 0
    let positives = 0
    let negatives = 0
    let tiedPositives = 0
    let tiedNegatives = 0
    for (let i = 0; i < isPositive.length; i++) {
      const weight = weights[order.rows[i]!]!
      if (isPositive[i] === 1) tiedPositives += weight
      else tiedNegatives += weight
      if (order.last[i] === 0) continue
      area += tiedNegatives * (positives + tiedPositives / 2)
      positives += tiedPositives
      negatives += tiedNegatives
      tiedPositives = 0
      tiedNegatives = 0
    }
    return positives === 0 || negatives === 0 ? Number.NaN : area / (positives * negatives)
  }
}
