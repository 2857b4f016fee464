import type { Predictions, Value } from '@mlwright/domain'

const worth = (value: Value, actual: boolean, predicted: boolean) =>
  actual
    ? predicted
      ? value.true_positive
      : value.false_negative
    : predicted
      ? value.false_positive
      : value.true_negative

/** What each row's decision is worth, in the unit of `value`. */
export function rowValues(predictions: Predictions, decisions: Int32Array, value: Value): Float64Array {
  return Float64Array.from(predictions.labels, (label, row) => worth(value, label === 1, decisions[row] === 1))
}
