import { type Confusion, confusionSums } from './confusion-matrix.ts'

/** `binary`: of the last class; `macro`: mean over classes; `weighted`: by their rows; `micro`: over all rows together. */
export type Average = 'binary' | 'macro' | 'weighted' | 'micro'

/**
 * Averages a ratio over the classes that occur or are predicted, as scikit-learn does.
 * Undefined (NaN) where a ratio that enters the average is 0 / 0; there scikit-learn warns and says 0.
 * @param ratio from hits, actual and predicted rows of one class.
 */
export function classAverage(
  confusion: Confusion,
  average: Average,
  ratio: (hits: number, actual: number, predicted: number) => number,
): number {
  const { hits, actual, predicted, total } = confusionSums(confusion)
  const last = confusion.classes - 1
  if (average === 'binary') return ratio(hits[last]!, actual[last]!, predicted[last]!)
  if (average === 'micro')
    return ratio(
      hits.reduce((sum, count) => sum + count, 0),
      total,
      total,
    )
  let sum = 0
  let weights = 0
  for (let i = 0; i <= last; i++) {
    if (actual[i] === 0 && predicted[i] === 0) continue
    const weight = average === 'macro' ? 1 : actual[i]!
    if (weight === 0) continue
    sum += weight * ratio(hits[i]!, actual[i]!, predicted[i]!)
    weights += weight
  }
  return sum / weights
}
