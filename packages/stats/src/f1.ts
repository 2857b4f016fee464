import { type Average, classAverage } from './class-average.ts'
import type { Confusion } from './confusion-matrix.ts'

/** Harmonic mean of precision and recall. scikit-learn: f1_score. */
export function f1(confusion: Confusion, average: Average): number {
  return classAverage(confusion, average, (hits, actual, predicted) => (2 * hits) / (actual + predicted))
}
