import { type ExpectedPerformance, expectedPerformance, twoProportionTest } from '@mlwright/stats'

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
const smallestDrop = 0.02

/**
 * The share of `now` rows below which it is less than the share `was` of `before` rows by more than chance, at a level: by
 * Fisher's exact test, which holds near 1 and in few rows too, where standard errors do not; NaN where no share is.
 */
function surelyLess(was: number, before: number, now: number, level: number): number {
  const [m, n] = [Math.floor(before), Math.floor(now)]
  const hits = Math.round(was * m)
  let [less, not] = [-1, Math.ceil(was * n)]
  while (not - less > 1) {
    const middle = (less + not) >> 1
    if (twoProportionTest(middle, n, hits, m, 'less').pValue <= level) less = middle
    else not = middle
  }
  return less < 0 ? Number.NaN : (less + 0.5) / n
}

/** The value below which a metric is worse than in the reference by more than chance, and by what matters. */
export function lowerLimit(was: number, before: number, now: number, level: number): number {
  return Math.min(was - smallestDrop, surelyLess(was, before, now, level))
}

/**
 * Of how many rows a share would vary as an area under the ROC curve does, but for the rarer class's rows at least. Hanley
 * and McNeil (1982), Radiology 143, 29–36.
 */
export function areaSize(area: number, positives: number, negatives: number): number {
  const [m, n] = [positives, negatives]
  const q1 = area / (2 - area)
  const q2 = (2 * area * area) / (1 + area)
  const spread = area * (1 - area)
  const variance = (spread + (m - 1) * (q1 - area * area) + (n - 1) * (q2 - area * area)) / (m * n)
  return variance > 0 ? Math.max(Math.min(m, n), spread / variance) : Math.min(m, n)
}

/** The value below which a metric is worse than in the reference, at a level; NaN where nothing is known to be. */
export function performanceThreshold(
  name: MetricName,
  reference: SizedPerformance,
  current: SizedPerformance,
  level: number,
): number {
  if (name === 'f1') return Number.NaN
  const was = reference.metrics[name]
  const size = ({ sizes }: SizedPerformance) =>
    name === 'roc_auc' ? areaSize(was, sizes.recall, sizes.specificity) : sizes[name]
  return lowerLimit(was, size(reference), size(current), level)
}
