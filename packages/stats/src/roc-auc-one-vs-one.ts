import { rocAuc } from './roc-auc.ts'
import type { Statistic } from './weights.ts'

/**
 * Mean ROC AUC over pairs of classes that occur (Hand and Till, 2001). scikit-learn: roc_auc_score, multi_class='ovo'.
 * @param scores rows × classes, row-major.
 */
export function rocAucOneVsOne(labels: ArrayLike<number>, scores: ArrayLike<number>, classes: number): Statistic {
  const rows: number[][] = Array.from({ length: classes }, () => [])
  for (let row = 0; row < labels.length; row++) rows[labels[row]!]!.push(row)
  const columns = rows.map((_, k) => Float64Array.from(labels, (_label, row) => scores[row * classes + k]!))
  const is = rows.map((_, k) => Uint8Array.from(labels, (label) => (label === k ? 1 : 0)))
  const pairs: (readonly [Statistic, Statistic])[] = []
  for (let a = 0; a < classes; a++)
    for (let b = a + 1; b < classes; b++) {
      const both = [...rows[a]!, ...rows[b]!]
      if (rows[a]!.length > 0 && rows[b]!.length > 0)
        pairs.push([rocAuc(is[a]!, columns[a]!, both), rocAuc(is[b]!, columns[b]!, both)])
    }
  return (weights) => pairs.reduce((sum, [a, b]) => sum + (a(weights) + b(weights)) / 2, 0) / pairs.length
}
