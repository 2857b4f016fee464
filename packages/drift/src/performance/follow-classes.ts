import { type ChunkMetric, type Performance, UserError } from '@mlwright/domain'
import { expectedClassPerformance, normalQuantile } from '@mlwright/stats'
import { finite } from '../judged-test.ts'
import { calibrate } from './calibrate.ts'
import { calibrateClasses } from './calibrate-classes.ts'
import { chunkRows, chunkTimes, fewestRows } from './chunk-rows.ts'
import { type ClassMetric, classMetrics, measureClasses } from './class-metrics.ts'
import { answeredRows, type ClassSample, pickClasses } from './class-sample.ts'
import { areaVariance, proportionDrop, smallestDrop } from './performance-threshold.ts'

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
  const shares = countsOf(reference).map((count) => count / n)
  const scored = reference.scores !== null
  const names = scored ? classMetrics : classMetrics.filter((name) => name !== 'roc_auc_ovr')
  const z = normalQuantile(alpha / (chunks * (scored ? 2 : 1)))

  /** The value below which a metric is worse than in the reference; the mean of areas errs at most as much as they do on average. */
  const thresholdOf = (name: ClassMetric, value: number, rows: number) => {
    const was = known[name].value
    const fall = (drop: number) => was - Math.max(smallestDrop, drop)
    if (name === 'f1_macro') return Number.NaN
    if (name === 'accuracy') return fall(proportionDrop(was, n, value, rows, z))
    const error = (size: number) =>
      shares.reduce((sum, share) => {
        const sizes = { recall: share * size, specificity: (1 - share) * size }
        return share > 0 && share < 1 ? sum + Math.sqrt(areaVariance(was, sizes)) : sum
      }, 0) / shares.length
    return fall(z * Math.hypot(error(n), error(rows)))
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
        const threshold = thresholdOf(name, shown, measured ? truth.labels.length : rows.length)
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
