import { type Evaluation, type Finding, type Predictions, type Value, worst } from '@mlwright/domain'
import {
  bootstrap,
  calibrationCurve,
  confusionMatrix,
  precisionRecallCurve,
  type Resampling,
  rocCurve,
  thresholdCounts,
  weightedMean,
} from '@mlwright/stats'
import { bestThresholds } from './best-thresholds.ts'
import { decisionsOf, positiveScores, takeRows } from './decisions.ts'
import { rowValues } from './expected-value.ts'
import { judgeGates } from './judge-gates.ts'
import { majorityPredictions } from './majority-predictions.ts'
import { type Intervals, measure, measured, values } from './measure.ts'
import { resampleRows } from './resample-rows.ts'
import type { EvaluateSettings } from './resolve-evaluate.ts'
import { slicesOf } from './slice-rows.ts'

export interface EvaluationRequest {
  readonly model: string
  readonly run: string | null
  /** The test rows. */
  readonly predictions: Predictions
  readonly settings: EvaluateSettings
  /** Predictions for training rows, for the gap. */
  readonly train?: Predictions | null
  /** Labels of the training rows, for the majority's answer. */
  readonly trainLabels?: Float64Array
  readonly value?: Value
  readonly resampling: Resampling
  readonly findings?: readonly Finding[]
  readonly resamples?: number
  readonly seed?: number
}

/** Level of every interval, and resamples behind it. */
export const intervalDefaults = { level: 0.95, seed: 7 } as const

/** 1,000 resamples, and fewer of large samples, whose intervals are narrow: at least 200. */
export const resamplesFor = (rows: number) => Math.round(Math.min(1000, Math.max(200, 2e7 / Math.max(rows, 1))))
/** Slices are many; their intervals are coarser. */
const sliceResamples = 200

function curvesOf(predictions: Predictions): Evaluation['curves'] {
  if (predictions.classes.length !== 2 || !predictions.scores) return null
  const positive = Uint8Array.from(predictions.labels)
  const scores = positiveScores(predictions)
  const counts = thresholdCounts(positive, scores)
  return {
    roc: rocCurve(counts),
    precision_recall: precisionRecallCurve(counts),
    calibration: calibrationCurve(positive, scores),
  }
}

function confusionOf(predictions: Predictions, threshold: number | null): Evaluation['confusion'] {
  const width = predictions.classes.length
  if (predictions.task === 'regression') return null
  const { counts } = confusionMatrix(predictions.labels, decisionsOf(predictions, threshold), width)()
  return predictions.classes.map((_, k) => Array.from(counts.subarray(k * width, (k + 1) * width)))
}

function expectedValue(
  predictions: Predictions,
  threshold: number | null,
  value: Value | undefined,
  intervals: Intervals,
): Evaluation['value'] {
  if (!value || predictions.classes.length !== 2) return null
  const rows = predictions.labels.length
  const mean = weightedMean(rowValues(predictions, decisionsOf(predictions, threshold), value))
  const statistics = (weights?: Int32Array) => [mean(weights)]
  const [interval] = bootstrap({ rows, resampling: intervals.resampling, statistics }, intervals)
  return { per_row: measured(mean(), interval, () => 'there is no row'), total: mean() * rows, unit: value.unit }
}

/** Judges predictions: metrics with seeded 95 % bootstrap intervals, slices, curves, expected value, and the gates' verdict. */
export function evaluatePredictions(request: EvaluationRequest): Evaluation {
  const { model, predictions, run, settings, train, trainLabels, value } = request
  const { metrics, primary, threshold } = settings
  const { classes, labels, task } = predictions
  const intervals: Intervals = {
    ...intervalDefaults,
    resampling: request.resampling,
    resamples: request.resamples ?? resamplesFor(labels.length),
    ...(request.seed !== undefined && { seed: request.seed }),
  }
  const binary = task === 'classification' && classes.length === 2
  const results = measure(predictions, metrics, threshold, intervals)
  const gates = judgeGates(settings.gates, results, null)
  const majority = trainLabels && trainLabels.length > 0 ? majorityPredictions(predictions, trainLabels) : null
  return {
    kind: 'Evaluation',
    version: 1,
    model,
    run,
    task,
    primary,
    rows: labels.length,
    class_counts: Object.fromEntries(
      classes.map((name, k) => [name, labels.reduce((sum, label) => sum + (label === k ? 1 : 0), 0)]),
    ),
    classes: [...classes],
    threshold: binary && predictions.scores ? threshold : null,
    level: intervals.level,
    resamples: intervals.resamples,
    metrics: results,
    train_metrics: train && train.labels.length > 0 ? values(train, metrics, threshold) : {},
    majority_metrics: majority ? values(majority, metrics, threshold) : {},
    confusion: confusionOf(predictions, threshold),
    curves: curvesOf(predictions),
    best_thresholds: binary && predictions.scores ? bestThresholds(predictions, value) : null,
    value: expectedValue(predictions, threshold, value, intervals),
    slices: slicesOf(predictions, settings.slices).map(({ column, value: text, rows }) => ({
      column,
      value: text,
      rows: rows.length,
      metrics: measure(takeRows(predictions, rows), metrics, threshold, {
        ...intervals,
        resamples: Math.min(intervals.resamples, sliceResamples),
        resampling: resampleRows(intervals.resampling, rows),
      }),
    })),
    gates,
    findings: [...(request.findings ?? [])],
    verdict: worst(gates.map((gate) => gate.verdict)),
  }
}
