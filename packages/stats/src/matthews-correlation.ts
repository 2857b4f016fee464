import { type Confusion, confusionSums } from './confusion-matrix.ts'

/** Correlation of actual and predicted class; 0 where either is constant. scikit-learn: matthews_corrcoef. */
export function matthewsCorrelation(confusion: Confusion): number {
  const { hits, actual, predicted, total } = confusionSums(confusion)
  if (total === 0) return Number.NaN
  let correct = 0
  let cross = 0
  let predictedSquares = 0
  let actualSquares = 0
  for (let i = 0; i < confusion.classes; i++) {
    correct += hits[i]!
    cross += actual[i]! * predicted[i]!
    predictedSquares += predicted[i]! ** 2
    actualSquares += actual[i]! ** 2
  }
  const spread = (total ** 2 - predictedSquares) * (total ** 2 - actualSquares)
  return spread === 0 ? 0 : (correct * total - cross) / Math.sqrt(spread)
}
