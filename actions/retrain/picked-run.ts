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

/** Keeps the candidate's run, so that its merge finds it, and the proposal. */
export async function keepRecords(
  ports: Ports,
  records: Records,
  config: Config,
  { run, evaluation, comparison }: ProposedRun,
  head: string,
  proposals: readonly RetrainingDecision[],
): Promise<void> {
  const { event, files, refs } = ports
  const salting = await saltingOf(files, records)
  const predictions = await files.read(`${localPaths.run(run.id)}/predictions.parquet`)
  const published = await records.withDigest(run.model, run.input_digest, (stored) => stored.evaluation !== null)
  const record = published ?? {
    run: { ...run, stamp: stampOf(event, null) },
    evaluation,
    comparison,
    predictions: storablePredictions(predictions, salting, config.records.predictions),
  }
  const all = new Map([
    ...salting.files,
    ...recordFiles({ ...record, commit: head, branch: null }),
    proposalsFile(run.model, proposals),
  ])
  await refs.commit(recordsBranch, `Record the retraining ${run.id}`, all)
}
