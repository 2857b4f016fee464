import { type Average, classAverage } from './class-average.ts'
import type { Confusion } from './confusion-matrix.ts'

/** Share of the rows of a class that are predicted as it. scikit-learn: recall_score. */
export function recall(confusion: Confusion, average: Average): number {
  return classAverage(confusion, average, (hits, actual) => hits / actual)
}
