import type { Comparison, Evaluation, Run } from '@mlwright/domain'
import { type RunPointer, recordPaths } from './record-layout.ts'
import { recordText } from './record-text.ts'

export { recordText }

export interface RecordToSave {
  readonly run: Run
  readonly evaluation: Evaluation | null
  readonly comparison: Comparison | null
  readonly predictions: Uint8Array | null
  /** The tested commit; null outside git. */
  readonly commit: string | null
  /** The default branch's name where the commit is on it, else null. */
  readonly branch: string | null
}

/** The files that saving a run writes on the records branch. */
export function recordFiles(record: RecordToSave): Map<string, Uint8Array> {
  const { run, evaluation, comparison, predictions, commit, branch } = record
  const text = (value: unknown) => new TextEncoder().encode(recordText(value))
  const folder = recordPaths.run(run.model, run.id)
  const files = new Map<string, Uint8Array>([[`${folder}/run.json`, text(run)]])
  if (evaluation) files.set(`${folder}/evaluation.json`, text(evaluation))
  if (comparison) files.set(`${folder}/comparison.json`, text(comparison))
  if (predictions) files.set(`${folder}/predictions.parquet`, predictions)
  if (!commit) return files
  const metrics = Object.fromEntries(
    Object.entries(evaluation?.metrics ?? {}).map(([name, metric]) => [name, metric.value]),
  )
  const pointer: RunPointer = {
    kind: 'RunPointer',
    version: 1,
    commit,
    run: run.id,
    input_digest: run.input_digest,
    metrics,
  }
  files.set(recordPaths.commit(commit, run.model), text(pointer))
  if (branch)
    files.set(
      `${recordPaths.branch(branch, run.model)}/${run.id.slice(0, 16)}-${commit.slice(0, 8)}.json`,
      text(pointer),
    )
  return files
}
