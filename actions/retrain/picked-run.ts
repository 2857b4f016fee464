import {
  Comparison,
  type Config,
  Evaluation,
  type Ports,
  type Retraining,
  type RetrainingDecision,
  Run,
  UserError,
} from '@mlwright/domain'
import { type Records, recordFiles, recordsBranch } from '@mlwright/tracking'
import { localPaths, readLocal } from '../common/local-records.ts'
import { stampOf } from '../common/stamp-of.ts'
import { saltingOf, storablePredictions } from '../common/stored-predictions.ts'
import type { ProposedRun } from './candidate-report.ts'
import { proposalsFile } from './retraining-history.ts'
import { retrainNames } from './settings.ts'

/** The run that was picked, as the judging job left it. */
export async function pickedRun({ files }: Pick<Ports, 'files'>, { model, picked, strategies }: Retraining) {
  const result = strategies.find(({ strategy }) => strategy === picked)
  const run = result && (await readLocal(files, Run, result.run, 'run'))
  const evaluation = result && (await readLocal(files, Evaluation, result.run, 'evaluation'))
  const data = await files.read(`${retrainNames.folder(model)}/data.parquet`)
  if (!result || !run || !evaluation || !data || run.model !== model || run.id !== result.run || run.failure !== null)
    throw new UserError('RECORD_INVALID', `The candidate of ${model} is not complete; run the workflow again.`)
  const comparison = await readLocal(files, Comparison, run.id, 'comparison')
  return { result, data, proposed: { run, evaluation, comparison } }
}

/** The record of the candidate: that of a run of the same inputs where one is published, else its own. */
export async function candidateRecord(
  { event, files }: Pick<Ports, 'event' | 'files'>,
  records: Records,
  config: Config,
  { run, evaluation, comparison }: ProposedRun,
) {
  const published = await records.withDigest(run.model, run.input_digest, (stored) => stored.evaluation !== null)
  if (published) return { stored: published, salt: new Map<string, Uint8Array>() }
  const salting = await saltingOf(files, records)
  const predictions = await files.read(`${localPaths.run(run.id)}/predictions.parquet`)
  const stored = {
    run: { ...run, stamp: stampOf(event, null) },
    evaluation,
    comparison,
    predictions: storablePredictions(predictions, salting, config.records.predictions),
  }
  return { stored, salt: salting.files }
}

/** Keeps the candidate's run, so that its merge finds it, and the proposal. */
export async function keepRecords(
  { refs }: Pick<Ports, 'refs'>,
  { stored, salt }: Awaited<ReturnType<typeof candidateRecord>>,
  head: string,
  proposals: readonly RetrainingDecision[],
): Promise<void> {
  const { id, model } = stored.run
  const all = new Map([
    ...salt,
    ...recordFiles({ ...stored, commit: head, branch: null }),
    proposalsFile(model, proposals),
  ])
  await refs.commit(recordsBranch, `Record the retraining ${id}`, all)
}
