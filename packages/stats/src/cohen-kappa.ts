import { type Confusion, confusionSums } from './confusion-matrix.ts'

/** Agreement beyond chance, unweighted; undefined where only one class occurs. scikit-learn: cohen_kappa_score. */
export function cohenKappa(confusion: Confusion): number {
  const { hits, actual, predicted, total } = confusionSums(confusion)
  let agreed = 0
  let expected = 0
  for (let i = 0; i < confusion.classes; i++) {
    agreed += hits[i]!
    expected += (actual[i]! * predicted[i]!) / total
  }
  return expected === total ? Number.NaN : 1 - (total - agreed) / (total - expected)
}
