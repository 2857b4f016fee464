import { expectedAuc } from './expected-auc.ts'

/** Metrics of a classifier of several classes that are expected where nobody knows the labels; NaN where undefined. */
export interface ExpectedClassPerformance {
  readonly accuracy: number
  readonly f1_macro: number
  readonly roc_auc_ovr: number
}

/**
 * Confidence-based performance estimation for several classes, each against all others. NannyML: CBPE.
 * @param chances rows × classes in row-major order, calibrated, each row adding up to 1; @param predicted class positions;
 * @param scores what rows are ranked by, in the same order.
 */
export function expectedClassPerformance(
  chances: Float64Array,
  predicted: ArrayLike<number>,
  scores: Float64Array,
  classes: number,
): ExpectedClassPerformance {
  const rows = predicted.length
  let right = 0
  const hits = new Float64Array(classes)
  const decided = new Float64Array(classes)
  const expected = new Float64Array(classes)
  for (let row = 0; row < rows; row++) {
    const own = predicted[row]!
    const chance = chances[row * classes + own]!
    right += chance
    hits[own]! += chance
    decided[own]!++
    for (let k = 0; k < classes; k++) expected[k]! += chances[row * classes + k]!
  }
  let f1 = 0
  let area = 0
  for (let k = 0; k < classes; k++) {
    f1 += (2 * hits[k]!) / (decided[k]! + expected[k]!)
    const column = (values: Float64Array) => Float64Array.from({ length: rows }, (_, row) => values[row * classes + k]!)
    area += expectedAuc(column(chances), column(scores))
  }
  return { accuracy: right / rows, f1_macro: f1 / classes, roc_auc_ovr: area / classes }
}
