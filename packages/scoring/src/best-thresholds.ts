import type { Evaluation, Predictions, Value } from '@mlwright/domain'
import { thresholdCounts } from '@mlwright/stats'
import { positiveScores } from './decisions.ts'

/** The thresholds on the positive score at which F1, and the value per row, are highest; of equal ones the highest threshold. */
export function bestThresholds(
  predictions: Predictions,
  value: Value | undefined,
): NonNullable<Evaluation['best_thresholds']> {
  const { labels } = predictions
  const { thresholds, truePositives, falsePositives } = thresholdCounts(
    Uint8Array.from(labels),
    positiveScores(predictions),
  )
  const rows = labels.length
  const positives = labels.reduce((sum, label) => sum + label, 0)
  let f1 = { threshold: 1, value: 0 }
  let best = value
    ? { threshold: 1, value: (positives * value.false_negative + (rows - positives) * value.true_negative) / rows }
    : null
  for (const [i, threshold] of thresholds.entries()) {
    const [hits, alarms] = [truePositives[i]!, falsePositives[i]!]
    const score = (2 * hits) / (hits + alarms + positives)
    if (score > f1.value) f1 = { threshold, value: score }
    if (!value || !best) continue
    const gain =
      (hits * value.true_positive +
        alarms * value.false_positive +
        (positives - hits) * value.false_negative +
        (rows - positives - alarms) * value.true_negative) /
      rows
    if (gain > best.value) best = { threshold, value: gain }
  }
  return { f1, value: best }
}
