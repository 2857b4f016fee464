import { type ChunkMetric, type Performance, UserError } from '@mlwright/domain'
import { confusionMatrix, f1, rocAuc, wilsonInterval } from '@mlwright/stats'
import { finite } from '../judged-test.ts'
import { calibrate } from './calibrate.ts'
import { chunkRows, chunkTimes, fewestRows } from './chunk-rows.ts'
import {
  type MetricName,
  performanceThreshold,
  type SizedPerformance,
  sizedPerformance,
} from './performance-threshold.ts'
import { resampledIntervals } from './resampled-intervals.ts'
import { labelledRows, type ScoredSample, sliceSample } from './scored-sample.ts'

/** Metrics that can raise an alert. */
const judged = 5

function enough(rows: ScoredSample, chances: Float64Array): SizedPerformance | null {
  return chances.length < fewestRows ? null : sizedPerformance(chances, rows.predicted, rows.scores)
}

type Intervals = Partial<Record<MetricName, readonly [low: number, high: number]>>

/** 95 % intervals: Wilson's of proportions of whole rows, by resampling of the others. */
function intervalsOf(rows: ScoredSample, { metrics, sizes }: SizedPerformance): Intervals {
  const proportions = (Object.keys(sizes) as (keyof typeof sizes)[]).map(
    (name) => [name, wilsonInterval(metrics[name] * sizes[name], sizes[name])] as const,
  )
  const confusion = confusionMatrix(rows.labels, rows.predicted, 2)
  const area = rocAuc(rows.labels, rows.scores)
  const [harmonic, ranked] = resampledIntervals(rows.labels.length, (weights) => [
    f1(confusion(weights), 'binary'),
    area(weights),
  ])
  return {
    ...Object.fromEntries(proportions),
    f1: [harmonic!.low, harmonic!.high],
    roc_auc: [ranked!.low, ranked!.high],
  }
}

/**
 * A binary classifier's performance along the current rows, in chunks: measured from those that have a label, estimated
 * from calibrated scores for all (NannyML: CBPE). Chunks and metrics share `alpha` by a union bound. Throws `UserError`
 * DATA_UNUSABLE where the reference has no labels.
 */
export function followPerformance(
  before: ScoredSample,
  current: ScoredSample,
  alpha: number,
  chunks = 10,
): Performance {
  const reference = labelledRows(sliceSample(before, 0, before.scores.length))
  const known = enough(reference, reference.labels)
  if (known === null)
    throw new UserError(
      'DATA_UNUSABLE',
      `The reference has ${reference.labels.length} rows with a score and a label; performance needs ${fewestRows}.`,
    )
  const { calibrated, chance } = calibrate(reference)
  const level = alpha / (chunks * judged)
  const names = Object.keys(known.metrics) as MetricName[]

  const metricOf = (
    name: MetricName,
    measured: SizedPerformance | null,
    expected: SizedPerformance | null,
    intervals: Intervals,
  ): ChunkMetric => {
    const shown = measured ?? expected
    const threshold = shown ? performanceThreshold(name, known, shown, level) : Number.NaN
    const [low, high] = intervals[name] ?? [Number.NaN, Number.NaN]
    return {
      measured: finite(measured?.metrics[name] ?? Number.NaN),
      low: finite(low),
      high: finite(high),
      estimated: finite(expected?.metrics[name] ?? Number.NaN),
      threshold: finite(threshold),
      alert: shown !== null && shown.metrics[name] < threshold,
    }
  }

  return {
    task: 'classification',
    estimator: 'cbpe',
    calibrated,
    reference: Object.fromEntries(names.map((name) => [name, finite(known.metrics[name])])),
    chunks: chunkRows(current.scores.length, chunks).map(([from, to]) => {
      const chunk = sliceSample(current, from, to)
      const labelled = labelledRows(chunk)
      const measured = enough(labelled, labelled.labels)
      const expected = enough(chunk, chunk.scores.map(chance))
      const intervals = measured ? intervalsOf(labelled, measured) : {}
      const metrics = Object.fromEntries(names.map((name) => [name, metricOf(name, measured, expected, intervals)]))
      return {
        first: from + 1,
        last: to,
        labelled: labelled.labels.length,
        ...chunkTimes(current.times, from, to),
        metrics,
      }
    }),
  }
}
