import { type Average, classAverage } from './class-average.ts'
import type { Confusion } from './confusion-matrix.ts'

/** Share of the rows predicted as a class that are of it. scikit-learn: precision_score. */
export function precision(confusion: Confusion, average: Average): number {
  return classAverage(confusion, average, (hits, _actual, predicted) => hits / predicted)
}
