import type { Predictions } from '@mlwright/domain'

/** What always answering the training rows' class shares (or their mean) would give. */
export function majorityPredictions(predictions: Predictions, trainLabels: Float64Array): Predictions {
  const { classes, labels, task } = predictions
  const width = task === 'regression' ? 1 : classes.length
  const answer = new Float64Array(width)
  if (task === 'regression') answer[0] = trainLabels.reduce((sum, label) => sum + label, 0) / trainLabels.length
  else for (const label of trainLabels) answer[label]! += 1 / trainLabels.length
  const scores = Float64Array.from({ length: labels.length * width }, (_, i) => answer[i % width]!)
  return { ...predictions, scores, decisions: null }
}
