import type { Measured, MetricName, Predictions } from '@mlwright/domain'
import { bootstrap, type Resampling } from '@mlwright/stats'
import { metricStatistics, undefinedReason } from './metric-statistics.ts'

/** How intervals are made. */
export interface Intervals {
  readonly resampling: Resampling
  readonly resamples: number
  readonly seed: number
  readonly level: number
}

const known = (value: number) => (Number.isNaN(value) ? null : value)

/** One number with its interval. */
export function measured(
  value: number,
  interval: { low: number; high: number } | undefined,
  reason: () => string,
): Measured {
  if (Number.isNaN(value)) return { value: null, low: null, high: null, reason: reason() }
  return { value, low: known(interval?.low ?? Number.NaN), high: known(interval?.high ?? Number.NaN) }
}

/** Metrics with percentile bootstrap intervals. */
export function measure(
  predictions: Predictions,
  metrics: readonly MetricName[],
  threshold: number | null,
  intervals: Intervals,
): Record<string, Measured> {
  const statistics = metricStatistics(predictions, metrics, threshold)
  const rows = predictions.labels.length
  const values = statistics()
  const bounds = rows > 1 ? bootstrap({ rows, resampling: intervals.resampling, statistics }, intervals) : []
  return Object.fromEntries(
    metrics.map((metric, k) => [metric, measured(values[k]!, bounds[k], () => undefinedReason(metric, predictions))]),
  )
}

/** Metrics alone. */
export function values(
  predictions: Predictions,
  metrics: readonly MetricName[],
  threshold: number | null,
): Record<string, number | null> {
  const computed = metricStatistics(predictions, metrics, threshold)()
  return Object.fromEntries(metrics.map((metric, k) => [metric, known(computed[k]!)]))
}
