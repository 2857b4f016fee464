import type { Comparison, HoldoutResult, MetricChange, Predictions } from '@mlwright/domain'
import { comparePredictions, type EvaluateSettings, resolveEvaluate, takeRows } from '@mlwright/scoring'
import { compareRuns } from '@mlwright/tracking'
import type { EvaluatedRun } from '../evaluate/evaluate-run.ts'
import { resamplingOf } from '../evaluate/resampling.ts'
import type { Champion } from './open-champion.ts'

/** Rows of a data version's test part: those of the old holdout come first. */
export interface Holdouts {
  readonly old: readonly number[]
  readonly new: readonly number[]
}

export function holdoutRows(oldRows: number, allRows: number): Holdouts {
  const all = Array.from({ length: allRows }, (_, row) => row)
  return { old: all.slice(0, oldRows), new: all.slice(oldRows) }
}

/** Test rows stand in the same order in every data version, so that their places pair them. */
const placed = (predictions: Predictions, rows: readonly number[]): Predictions => ({
  ...takeRows(predictions, rows),
  keys: rows.map(String),
})

function settingsOf({ inputs, data }: EvaluatedRun): EvaluateSettings {
  return resolveEvaluate(inputs.name, inputs.model, inputs.config.project, data.classes.length)
}

function changes(candidate: EvaluatedRun, was: Predictions, is: Predictions, settings: EvaluateSettings) {
  const side = { run: candidate.run.id, input_digest: candidate.run.input_digest }
  return comparePredictions({
    model: candidate.inputs.name,
    baseline: { ...side, commit: null, retrained: false, predictions: was },
    candidate: { ...side, predictions: is },
    settings: { ...settings, slices: [], gates: [] },
    resampling: resamplingOf(candidate.inputs.model, is),
  }).metrics
}

const aloneChange = (change: MetricChange): MetricChange => ({
  ...change,
  baseline: null,
  change: null,
  low: null,
  high: null,
  noise: false,
  better: null,
})

/** A candidate beside the champion on one holdout; alone where the champion cannot answer. */
export function onHoldout(
  candidate: EvaluatedRun,
  champion: Predictions | null,
  rows: readonly number[],
): HoldoutResult {
  const is = placed(candidate.predictions, rows)
  const was = champion && placed(champion, rows)
  const metrics = changes(candidate, was ?? is, is, settingsOf(candidate))
  return {
    rows: rows.length,
    metrics: was
      ? metrics
      : Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, aloneChange(value)])),
  }
}

/** How one candidate's primary metric differs from another's on the same rows. */
export function betweenCandidates(from: EvaluatedRun, to: EvaluatedRun, rows: readonly number[]): MetricChange | null {
  const settings = settingsOf(to)
  const only = { ...settings, metrics: [settings.primary] }
  return changes(to, placed(from.predictions, rows), placed(to.predictions, rows), only)[settings.primary] ?? null
}

/** The comparison of a candidate with the champion on both holdouts, as a pull request's report shows it. */
export function compareWhole(candidate: EvaluatedRun, champion: Champion, scored: Predictions): Comparison {
  const { run } = champion
  const compared = comparePredictions({
    model: candidate.inputs.name,
    baseline: {
      run: run.id,
      commit: run.code.commit,
      input_digest: run.input_digest,
      retrained: !champion.version,
      predictions: scored,
    },
    candidate: { run: candidate.run.id, input_digest: candidate.run.input_digest, predictions: candidate.predictions },
    settings: settingsOf(candidate),
    resampling: resamplingOf(candidate.inputs.model, candidate.predictions),
  })
  return { ...compared, ...compareRuns(run, candidate.run) }
}
