import { type ChunkMetric, type Performance, UserError } from '@mlwright/domain'
import { expectedClassPerformance } from '@mlwright/stats'
import { finite } from '../judged-test.ts'
import { calibrate } from './calibrate.ts'
import { calibrateClasses } from './calibrate-classes.ts'
import { chunkRows, chunkTimes, fewestRows } from './chunk-rows.ts'
import { type ClassMetric, classMetrics, measureClasses } from './class-metrics.ts'
import { answeredRows, type ClassSample, pickClasses } from './class-sample.ts'
import { areaSize, lowerLimit } from './performance-threshold.ts'

type Expected = Readonly<Record<ClassMetric, number>>

/** What metrics are expected to be without labels, learned from labelled rows of the reference. */
function estimator(reference: ClassSample): {
  readonly calibrated: boolean
  readonly expect: ((rows: ClassSample) => Expected) | null
} {
  const { classes, scores, confidence, predicted, labels } = reference
  if (scores !== null) {
    const { calibrated, chances } = calibrateClasses({ ...reference, scores })
    return {
      calibrated,
      expect: (rows) => expectedClassPerformance(chances(rows.scores!), rows.predicted, rows.scores!, classes.length),
    }
  }
  if (confidence === null) return { calibrated: false, expect: null }
  const right = labels.map((label, row) => (label === predicted[row] ? 1 : 0))
  const { calibrated, chance } = calibrate({ scores: confidence, predicted, labels: right })
  const accuracy = (rows: ClassSample) =>
    rows.confidence!.reduce((sum, score) => sum + chance(score), 0) / rows.predicted.length
  return {
    calibrated,
    expect: (rows) => ({ accuracy: accuracy(rows), f1_macro: Number.NaN, roc_auc_ovr: Number.NaN }),
  }
}

const labelled = (sample: ClassSample, rows: Int32Array) =>
  pickClasses(
    sample,
    rows.filter((row) => !Number.isNaN(sample.labels[row]!)),
  )

/** Rows of each class, for the error of an area under a curve. */
function countsOf({ classes, labels }: ClassSample): Float64Array {
  const counts = new Float64Array(classes.length)
  for (const label of labels) counts[label]!++
  return counts
}

/**
 * A classifier's performance along the current rows, in chunks: measured from those that have a label, estimated for all
 * from calibrated scores (NannyML: CBPE), of which accuracy is known from the predicted class's score alone. Accuracy and
 * ROC AUC can raise an alert, and share `alpha` with the chunks by a union bound. Throws `UserError` DATA_UNUSABLE where the reference has no labels.
 */
export function followClasses(before: ClassSample, current: ClassSample, alpha: number, chunks = 10): Performance {
  const reference = labelled(before, answeredRows(before, 0, before.predicted.length))
  const n = reference.labels.length
  if (n < fewestRows)
    throw new UserError(
      'DATA_UNUSABLE',
      `The reference has ${n} rows with a prediction and a label; performance needs ${fewestRows}.`,
    )
  const { calibrated, expect } = estimator(reference)
  const known = measureClasses(reference, false)
  const shares = countsOf(reference).map((count) => Math.min(count, n - count) / n)
  const rarest = Math.min(...shares.filter((share) => share > 0))
  const scored = reference.scores !== null
  const names = scored ? classMetrics : classMetrics.filter((name) => name !== 'roc_auc_ovr')
  const level = alpha / (chunks * (scored ? 2 : 1))

  /** The value below which a metric is worse than in the reference; the mean of areas errs at most as much as that of the rarest class. */
  const thresholdOf = (name: ClassMetric, rows: number) => {
    if (name === 'f1_macro') return Number.NaN
    const was = known[name].value
    const size = (all: number) => (name === 'accuracy' ? all : areaSize(was, rarest * all, (1 - rarest) * all))
    return lowerLimit(was, size(n), size(rows), level)
  }

  return {
    task: 'classification',
    estimator: expect === null ? null : 'cbpe',
    calibrated,
    reference: Object.fromEntries(names.map((name) => [name, finite(known[name].value)])),
    chunks: chunkRows(current.predicted.length, chunks).map(([from, to]) => {
      const rows = answeredRows(current, from, to)
      const truth = labelled(current, rows)
      const measured = truth.labels.length < fewestRows ? null : measureClasses(truth, true)
      const expected = rows.length < fewestRows || expect === null ? null : expect(pickClasses(current, rows))
      const metricOf = (name: ClassMetric): ChunkMetric => {
        const found = measured?.[name] ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN }
        const shown = measured ? found.value : (expected?.[name] ?? Number.NaN)
        const threshold = thresholdOf(name, measured ? truth.labels.length : rows.length)
        return {
          measured: finite(found.value),
          low: finite(found.low),
          high: finite(found.high),
          estimated: finite(expected?.[name] ?? Number.NaN),
          threshold: finite(threshold),
          alert: shown < threshold,
        }
      }
      return {
        first: from + 1,
        last: to,
        labelled: truth.labels.length,
        ...chunkTimes(current.times, from, to),
        metrics: Object.fromEntries(names.map((name) => [name, metricOf(name)])),
      }
    }),
  }
}
