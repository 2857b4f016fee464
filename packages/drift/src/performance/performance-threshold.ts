import { type ExpectedPerformance, expectedPerformance } from '@mlwright/stats'

export type MetricName = keyof ExpectedPerformance

/** Metrics of some rows with the numbers of rows that each of them is about. */
export interface SizedPerformance {
  readonly metrics: ExpectedPerformance
  readonly sizes: Readonly<Record<'accuracy' | 'precision' | 'recall' | 'specificity', number>>
}

/** Performance from chances of the positive class; labels are chances of 0 and 1. */
export function sizedPerformance(
  chances: Float64Array,
  predicted: Float64Array,
  scores: Float64Array,
): SizedPerformance {
  const positives = chances.reduce((sum, chance) => sum + chance, 0)
  const precision = predicted.reduce((sum, each) => sum + (each === 1 ? 1 : 0), 0)
  const sizes = { accuracy: chances.length, precision, recall: positives, specificity: chances.length - positives }
  return { metrics: expectedPerformance(chances, predicted, scores), sizes }
}

/** Variance of an area under the ROC curve. Hanley and McNeil (1982), Radiology 143, 29–36. */
function areaVariance(area: number, { recall: m, specificity: n }: SizedPerformance['sizes']): number {
  const q1 = area / (2 - area)
  const q2 = (2 * area * area) / (1 + area)
  return (area * (1 - area) + (m - 1) * (q1 - area * area) + (n - 1) * (q2 - area * area)) / (m * n)
}

/**
 * The value below which a metric is worse than in the reference by z standard errors, and by `smallest`; NaN where its
 * error is not known.
 */
export function performanceThreshold(
  name: MetricName,
  reference: SizedPerformance,
  current: SizedPerformance,
  z: number,
  smallest: number,
): number {
  if (name === 'f1') return Number.NaN
  const [before, now] = [reference.metrics[name], current.metrics[name]]
  if (name === 'roc_auc') {
    const variance = areaVariance(before, reference.sizes) + areaVariance(before, current.sizes)
    return before - Math.max(smallest, z * Math.sqrt(variance))
  }
  const [m, n] = [reference.sizes[name], current.sizes[name]]
  const pooled = (before * m + now * n) / (m + n)
  return before - Math.max(smallest, z * Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n)))
}
