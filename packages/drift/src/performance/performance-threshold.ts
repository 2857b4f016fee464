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

/** A drop of a share or an area below this does not matter, however sure it is. */
export const smallestDrop = 0.02

/** By how much a proportion that has not changed may fall short of itself: z standard errors, corrected for continuity (Yates). */
export function proportionDrop(before: number, m: number, now: number, n: number, z: number): number {
  const pooled = (before * m + now * n) / (m + n)
  const share = 1 / m + 1 / n
  return z * Math.sqrt(pooled * (1 - pooled) * share) + share / 2
}

/** Variance of an area under the ROC curve. Hanley and McNeil (1982), Radiology 143, 29–36. */
export function areaVariance(
  area: number,
  { recall: m, specificity: n }: Pick<SizedPerformance['sizes'], 'recall' | 'specificity'>,
): number {
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
  return before - Math.max(smallest, proportionDrop(before, reference.sizes[name], now, current.sizes[name], z))
}
