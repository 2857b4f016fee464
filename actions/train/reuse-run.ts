import type { Ports, Run } from '@mlwright/domain'
import { resolveEvaluate } from '@mlwright/scoring'
import type { Records, StoredRun } from '@mlwright/tracking'
import { baselineCommit, publishedBaseline } from '../common/find-baseline.ts'
import { localPaths, writeLocal } from '../common/local-records.ts'
import type { ModelInputs } from '../common/model-inputs.ts'

/** Everything that is judged now was measured then. */
export function measuresAll({ evaluation, run }: StoredRun, { model, config, name }: ModelInputs): boolean {
  if (!evaluation) return false
  const { metrics, primary, slices, threshold } = resolveEvaluate(name, model, config.project, run.classes.length || 2)
  const sliced = new Set(evaluation.slices.map((slice) => slice.column))
  return (
    evaluation.primary === primary &&
    (evaluation.threshold === null || evaluation.threshold === threshold) &&
    metrics.every((metric) => metric in evaluation.metrics) &&
    slices.every((column) => sliced.has(column))
  )
}

/** Lays a published run's record where a new run's would be. */
export async function layRun(
  { files }: Pick<Ports, 'files'>,
  { comparison, evaluation, predictions, run }: StoredRun,
): Promise<Run> {
  await writeLocal(files, run.id, 'run', run)
  await writeLocal(files, run.id, 'evaluation', evaluation)
  if (comparison) await writeLocal(files, run.id, 'comparison', comparison)
  if (predictions) await files.write(`${localPaths.run(run.id)}/predictions.parquet`, predictions)
  return run
}

/**
 * A published run of the same inputs, which need not be trained and scored again: on the default branch the merged pull
 * request's, in a pull request its baseline's.
 */
export async function reuseRun(ports: Ports, inputs: ModelInputs, records: Records): Promise<Run | null> {
  const { event, git } = ports
  if (event.name === 'local') return null
  const { inputDigest, name } = inputs
  const stored =
    event.name === 'pull_request'
      ? await publishedBaseline(records, event, await baselineCommit(event, git), name)
      : await records.withDigest(name, inputDigest)
  if (stored?.run.input_digest !== inputDigest || !measuresAll(stored, inputs)) return null
  return layRun(ports, stored)
}
