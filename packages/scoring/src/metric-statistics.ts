import type { MetricName, Predictions } from '@mlwright/domain'
import {
  type Average,
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  type Confusion,
  cohenKappa,
  confusionMatrix,
  expectedCalibrationError,
  f1,
  logLoss,
  matthewsCorrelation,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
  oneVsRest,
  precision,
  r2,
  recall,
  rocAuc,
  rocAucOneVsOne,
  rootMeanSquaredError,
  type Statistic,
  topTwoAccuracy,
  type Weights,
} from '@mlwright/stats'
import { decisionsOf, positiveScores } from './decisions.ts'

type OfConfusion = (confusion: Confusion) => number

function averaged(name: string, compute: (confusion: Confusion, average: Average) => number): [string, OfConfusion][] {
  const averages = ['macro', 'weighted', 'micro'] as const
  return [
    [name, (confusion) => compute(confusion, 'binary')],
    ...averages.map((average): [string, OfConfusion] => [
      `${name}_${average}`,
      (confusion) => compute(confusion, average),
    ]),
  ]
}

const ofConfusion = new Map<string, OfConfusion>([
  ['accuracy', accuracy],
  ['balanced_accuracy', balancedAccuracy],
  ['mcc', matthewsCorrelation],
  ['kappa', cohenKappa],
  ...averaged('precision', precision),
  ...averaged('recall', recall),
  ...averaged('f1', f1),
])

/** Score of the class to judge calibration by, and whether it came true: the positive one of two, else the most likely one. */
function confidence({ classes, labels, scores }: Predictions): { scores: Float64Array; hit: Uint8Array } {
  const width = classes.length
  const top = Int32Array.from(labels, (_, row) => {
    let best = width === 2 ? 1 : 0
    if (width > 2)
      for (let k = 1; k < width; k++) if (scores![row * width + k]! > scores![row * width + best]!) best = k
    return best
  })
  return {
    scores: Float64Array.from(top, (k, row) => scores![row * width + k]!),
    hit: Uint8Array.from(top, (k, row) => (labels[row] === k ? 1 : 0)),
  }
}

function ofScores(metric: string, predictions: Predictions): Statistic {
  const { classes, labels } = predictions
  const scores = predictions.scores!
  const width = classes.length
  const last = () => positiveScores(predictions)
  const positive = () => Uint8Array.from(labels, (label) => (label === width - 1 ? 1 : 0))
  switch (metric) {
    case 'roc_auc':
      return rocAuc(positive(), last())
    case 'roc_auc_ovr':
      return width === 2 ? rocAuc(positive(), last()) : oneVsRest(labels, scores, width, rocAuc)
    case 'roc_auc_ovo':
      return width === 2 ? rocAuc(positive(), last()) : rocAucOneVsOne(labels, scores, width)
    case 'pr_auc':
      return width === 2 ? averagePrecision(positive(), last()) : oneVsRest(labels, scores, width, averagePrecision)
    case 'log_loss':
      return logLoss(labels, scores, width)
    case 'brier':
      return brierScore(labels, scores, width)
    case 'ece': {
      const { hit, scores: confident } = confidence(predictions)
      return expectedCalibrationError(hit, confident)
    }
    case 'top_2_accuracy':
      return topTwoAccuracy(labels, scores, width)
    case 'mae':
      return meanAbsoluteError(labels, scores)
    case 'rmse':
      return rootMeanSquaredError(labels, scores)
    case 'r2':
      return r2(labels, scores)
    case 'mape':
      return meanAbsolutePercentageError(labels, scores)
    case 'median_ae':
      return medianAbsoluteError(labels, scores)
  }
  throw new Error(`no metric ${metric}`)
}

/** Several metrics of one sample at once, in the order of their names; NaN where one is undefined. */
export function metricStatistics(
  predictions: Predictions,
  metrics: readonly MetricName[],
  threshold: number | null,
): (weights?: Weights) => Float64Array {
  const confused = metrics.some((metric) => ofConfusion.has(metric))
  const confusion = confused
    ? confusionMatrix(predictions.labels, decisionsOf(predictions, threshold), predictions.classes.length)
    : null
  const each = metrics.map((metric): ((weights: Weights | undefined, counts: Confusion | null) => number) => {
    const compute = ofConfusion.get(metric)
    if (compute) return (_, counts) => compute(counts!)
    if (!predictions.scores) return () => Number.NaN
    const statistic = ofScores(metric, predictions)
    return (weights) => statistic(weights)
  })
  return (weights) => {
    const counts = confusion ? confusion(weights) : null
    return Float64Array.from(each, (statistic) => statistic(weights, counts))
  }
}

/** Why a metric is undefined on some predictions. */
export function undefinedReason(metric: string, predictions: Predictions): string {
  const { classes, labels, scores, task } = predictions
  if (labels.length === 0) return 'there is no row'
  if (!scores && !ofConfusion.has(metric)) return 'it needs scores, and the predictions have decisions only'
  if (task === 'regression') return 'it needs at least two rows'
  const found = new Set(labels)
  if (found.size < 2) return `every row is of the class ${classes[labels[0]!] ?? labels[0]}`
  if (found.size < classes.length) return `no row is of the class ${classes.find((_, k) => !found.has(k))}`
  return 'a class is never predicted'
}
