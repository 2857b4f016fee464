import { accuracy, confusionMatrix, f1, oneVsRest, rocAuc, type Weights } from '@mlwright/stats'
import type { ClassSample } from './class-sample.ts'
import { resampledIntervals } from './resampled-intervals.ts'

export const classMetrics = ['accuracy', 'f1_macro', 'roc_auc_ovr'] as const
export type ClassMetric = (typeof classMetrics)[number]

export interface Measured {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What labelled rows say of a classifier, with 95 % bootstrap intervals where they are not too many; NaN where undefined. */
export function measureClasses(
  { classes, scores, predicted, labels }: ClassSample,
  intervals: boolean,
): Readonly<Record<ClassMetric, Measured>> {
  const width = classes.length
  const confusion = confusionMatrix(labels, predicted, width)
  const area = scores === null ? () => Number.NaN : oneVsRest(labels, scores, width, rocAuc)
  const statistics = (weights?: Weights) => {
    const counts = confusion(weights)
    return [accuracy(counts), f1(counts, 'macro'), area(weights)]
  }
  const nothing = { low: Number.NaN, high: Number.NaN }
  const found = intervals ? resampledIntervals(labels.length, statistics) : classMetrics.map(() => nothing)
  const values = statistics()
  return Object.fromEntries(classMetrics.map((name, k) => [name, { value: values[k]!, ...found[k]! }])) as Record<
    ClassMetric,
    Measured
  >
}
