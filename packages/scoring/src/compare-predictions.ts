import type { Comparison, MetricChange, MetricName, Predictions } from '@mlwright/domain'
import { bootstrapDifference, bootstrapPairedDifference, type Resampling } from '@mlwright/stats'
import { takeRows } from './decisions.ts'
import { intervalDefaults, resamplesFor } from './evaluate-predictions.ts'
import { flipsOf } from './flips.ts'
import { judgeGates } from './judge-gates.ts'
import type { Intervals } from './measure.ts'
import { metricDirection } from './metric-direction.ts'
import { metricStatistics } from './metric-statistics.ts'
import { resampleRows } from './resample-rows.ts'
import type { EvaluateSettings } from './resolve-evaluate.ts'
import { slicesOf } from './slice-rows.ts'

export interface ComparisonRequest {
  readonly model: string
  readonly baseline: Comparison['baseline'] & { readonly predictions: Predictions }
  readonly candidate: Comparison['candidate'] & { readonly predictions: Predictions }
  readonly settings: EvaluateSettings
  /** Of the candidate's rows. */
  readonly resampling: Resampling
  /** Share of the candidate's rows from which on the two are compared row by row (default: 0.9). */
  readonly pairedShare?: number
  readonly resamples?: number
  readonly seed?: number
}

/** Below this share of rows in common, the two are compared as independent samples. */
const pairedShare = 0.9
const sliceResamples = 200
/** A slice with fewer rows says nothing about a change. */
const smallestSlice = 20

/** Positions of the rows that both have, in the candidate's order. */
function matched(baseline: Predictions, candidate: Predictions): { was: number[]; is: number[] } {
  const at = new Map((baseline.keys ?? []).map((key, row) => [key, row]))
  const was: number[] = []
  const is: number[] = []
  for (const [row, key] of (candidate.keys ?? []).entries()) {
    const other = at.get(key)
    if (other === undefined) continue
    was.push(other)
    is.push(row)
  }
  return { was, is }
}

/** The baseline's class positions and scores in the candidate's order of classes; null where the classes differ. */
function aligned(baseline: Predictions, classes: readonly string[]): Predictions | null {
  if (baseline.classes.length !== classes.length) return null
  const position = classes.map((name) => baseline.classes.indexOf(name))
  if (position.includes(-1)) return null
  if (position.every((from, k) => from === k)) return baseline
  const { labels, scores } = baseline
  const width = classes.length
  const target = (code: number) => position.indexOf(code)
  return {
    ...baseline,
    classes,
    labels: labels.map(target),
    scores: scores?.map((_, i) => scores[Math.floor(i / width) * width + position[i % width]!]!) ?? null,
    decisions: baseline.decisions?.map(target) ?? null,
  }
}

const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)

function changesOf(
  was: Predictions,
  is: Predictions,
  metrics: readonly MetricName[],
  threshold: number | null,
  paired: boolean,
  intervals: Intervals,
): Record<string, MetricChange> {
  const [before, after] = [metricStatistics(was, metrics, threshold), metricStatistics(is, metrics, threshold)]
  const [old, now] = [before(), after()]
  const rows = is.labels.length
  const { resampling } = intervals
  const bounds = paired
    ? bootstrapPairedDifference({ rows, resampling }, before, after, intervals)
    : bootstrapDifference(
        { rows: was.labels.length, resampling: { kind: 'row' }, statistics: before },
        { rows, resampling, statistics: after },
        intervals,
      )
  return Object.fromEntries(
    metrics.map((metric, k): [string, MetricChange] => {
      const [baseline, candidate] = [known(old[k]), known(now[k])]
      const change = baseline === null || candidate === null ? null : candidate - baseline
      const [low, high] = change === null ? [null, null] : [known(bounds[k]?.low), known(bounds[k]?.high)]
      const better = change === null || change === 0 ? null : change > 0 === (metricDirection(metric) === 'higher')
      return [
        metric,
        {
          baseline,
          candidate,
          change,
          low,
          high,
          noise: low !== null && high !== null && low <= 0 && high >= 0,
          better,
        },
      ]
    }),
  )
}

function slicesChanged(
  was: Predictions,
  is: Predictions,
  settings: EvaluateSettings,
  intervals: Intervals,
): Comparison['slices'] {
  const { primary, threshold } = settings
  const worse = metricDirection(primary) === 'higher' ? 1 : -1
  return slicesOf(is, settings.slices)
    .filter((slice) => slice.rows.length >= smallestSlice)
    .map(({ column, value, rows }) => {
      const part = {
        ...intervals,
        resamples: Math.min(intervals.resamples, sliceResamples),
        resampling: resampleRows(intervals.resampling, rows),
      }
      const changes = changesOf(takeRows(was, rows), takeRows(is, rows), [primary], threshold, true, part)
      return { column, value, rows: rows.length, primary: changes[primary]! }
    })
    .sort((a, b) => worse * ((a.primary.change ?? 0) - (b.primary.change ?? 0)))
}

/**
 * Compares two models on the rows that both were tested on, found by their keys. Where fewer than 90 % of the
 * candidate's rows match, each is taken on its own test rows and the intervals are unpaired.
 */
export function comparePredictions(request: ComparisonRequest): Omit<Comparison, 'features' | 'params' | 'data'> {
  const { baseline, candidate, model, settings } = request
  const { metrics, threshold } = settings
  const is = candidate.predictions
  const was = aligned(baseline.predictions, is.classes)
  const rows = was ? matched(was, is) : { was: [], is: [] }
  const paired = rows.is.length > 0 && rows.is.length >= (request.pairedShare ?? pairedShare) * is.labels.length
  const intervals: Intervals = {
    ...intervalDefaults,
    resamples: request.resamples ?? resamplesFor(is.labels.length),
    ...(request.seed !== undefined && { seed: request.seed }),
    resampling: paired ? resampleRows(request.resampling, rows.is) : request.resampling,
  }
  const [before, after] = was && paired ? [takeRows(was, rows.was), takeRows(is, rows.is)] : [was, is]
  const changes = before ? changesOf(before, after, metrics, threshold, paired, intervals) : {}
  const { run, commit, input_digest, retrained } = baseline
  return {
    kind: 'Comparison',
    version: 1,
    model,
    baseline: { run, commit, input_digest, retrained },
    candidate: { run: candidate.run, input_digest: candidate.input_digest },
    rows: { both: rows.is.length, baseline: baseline.predictions.labels.length, candidate: is.labels.length },
    paired,
    resampling: request.resampling.kind,
    level: intervals.level,
    metrics: changes,
    flips: before && paired && is.task === 'classification' ? flipsOf(before, after, threshold) : null,
    slices: before && paired ? slicesChanged(before, after, settings, intervals) : [],
    gates: judgeGates(settings.gates, {}, changes).filter((gate) => gate.rule === 'max_drop'),
  }
}
