import { type Confusion, confusionSums } from './confusion-matrix.ts'

/** Share of rows whose class is predicted. scikit-learn: accuracy_score. */
export function accuracy(confusion: Confusion): number {
  const { hits, total } = confusionSums(confusion)
  return hits.reduce((sum, count) => sum + count, 0) / total
}
