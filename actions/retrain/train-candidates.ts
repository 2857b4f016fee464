import { readTable } from '@mlwright/data'
import { type Ports, type StrategyResult, UserError } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { writeLocal } from '../common/local-records.ts'
import type { ModelData } from '../common/model-data.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { type EvaluatedRun, evaluateRun } from '../evaluate/evaluate-run.ts'
import { trainModel } from '../train/train-model.ts'
import { candidateInputs } from './data-version.ts'
import type { NewRows } from './new-rows.ts'
import { newParts, oldParts, type RowParts, splitColumns, strategyParts } from './row-parts.ts'
import type { RetrainSettings } from './settings.ts'

/** A strategy's candidate; `judged` is null where it could not be trained, or is judged in another job. */
export interface Candidate {
  readonly result: Omit<StrategyResult, 'old' | 'new'>
  readonly judged: EvaluatedRun | null
}

export interface TrainedCandidates {
  readonly candidates: readonly Candidate[]
  /** Code of the repository ran in this job, so that its models are judged in another. */
  readonly userCode: boolean
}

/** A model that a command left and nobody can run fails its strategy; anything else is thrown. */
const unusable = (error: unknown) => {
  if (error instanceof UserError && error.code === 'MODEL_INVALID') return error.message
  throw error
}

async function train(ports: Ports, inputs: ModelInputs, records: Records, received: boolean, salt: string) {
  const { event, files, git } = ports
  const copy = { files, git, folder: files.absolute('.') }
  const { run, userCode } = await trainModel(ports, copy, inputs, records, received)
  const elsewhere = userCode && event.name !== 'local'
  if (run.failure !== null || elsewhere) return { run, userCode: elsewhere, failure: run.failure, judged: null }
  const judged = await evaluateRun(ports, inputs, run, salt).catch(unusable)
  if (typeof judged === 'string') return { run, userCode: false, failure: judged, judged: null }
  await writeLocal(files, run.id, 'evaluation', judged.evaluation)
  return { run, userCode: false, failure: null, judged }
}

/** Trains a candidate by each strategy, and judges it on both holdouts together. */
export async function trainCandidates(
  ports: Ports,
  inputs: ModelInputs,
  records: Records,
  tables: { readonly old: ModelData; readonly fresh: NewRows },
  settings: RetrainSettings,
  given: { readonly received: boolean; readonly salt: string },
): Promise<TrainedCandidates> {
  const { old, fresh } = tables
  const { split } = inputs.model
  const parts: RowParts = {
    old: oldParts(old),
    fresh: await newParts(ports.engine, split, old, fresh, settings.holdout),
  }
  const { order } = splitColumns(split)
  const columns = {
    old: order === undefined ? undefined : old.table.columns.get(order),
    fresh: order === undefined ? undefined : (await readTable(ports.engine, fresh.opened, [order])).columns.get(order),
  }
  const candidates: Candidate[] = []
  const seen = new Set<string>()
  let userCode = false
  for (const strategy of settings.strategies) {
    const own = strategyParts(strategy, parts, settings.window ?? old.train.length, columns)
    const version = await candidateInputs(ports, inputs, strategy, tables, own)
    const { inputDigest } = version
    if (seen.has(inputDigest)) continue
    seen.add(inputDigest)
    const trained = await train(ports, version, records, given.received, given.salt)
    const { run, failure, judged } = trained
    userCode ||= trained.userCode
    candidates.push({
      result: { strategy, run: run.id, input_digest: inputDigest, failure, rows: run.rows.train },
      judged,
    })
  }
  return { candidates, userCode }
}
