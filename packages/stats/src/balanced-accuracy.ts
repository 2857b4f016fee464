import { type Confusion, confusionSums } from './confusion-matrix.ts'

/** Mean recall of the classes that occur. scikit-learn: balanced_accuracy_score. */
export function balancedAccuracy(confusion: Confusion): number {
  const { hits, actual } = confusionSums(confusion)
  let sum = 0
  let classes = 0
  for (let i = 0; i < confusion.classes; i++) {
    if (actual[i] === 0) continue
    sum += hits[i]! / actual[i]!
    classes++
  }
  return sum / classes
}
