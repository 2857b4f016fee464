import { availableParallelism } from 'node:os'
import { type Ports, type Run, UserError, type WorkingCopy } from '@mlwright/domain'
import { type Records, runId } from '@mlwright/tracking'
import { localPaths, writeLocal } from '../common/local-records.ts'
import { type ModelData, modelData } from '../common/model-data.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { type Fit, failedFit, runRecord } from '../common/run-record.ts'
import { fitBuiltIn } from './fit-built-in.ts'
import { restoreFit, saveFit } from './fit-cache.ts'
import { fitCommand } from './fit-command.ts'
import { keepForJudge, receivedFit } from './hand-over.ts'

type Copy = Pick<WorkingCopy, 'files' | 'git'> & { readonly folder: string }

export interface TrainedModel {
  readonly run: Run
  /** Code of the repository ran in this job. */
  readonly userCode: boolean
}

/** Data that cannot be learned from is a failure of this run, which its report explains; anything else is thrown. */
function failureOf(error: unknown): string {
  if (error instanceof UserError && (error.code === 'DATA_UNUSABLE' || error.code === 'MODEL_INVALID'))
    return error.message
  throw error
}

async function fitNow(ports: Ports, copy: Copy, inputs: ModelInputs, data: ModelData): Promise<Fit> {
  try {
    if ('command' in inputs.model.train) return await fitCommand(ports, copy.folder, inputs, data)
    return await fitBuiltIn(ports, inputs, data)
  } catch (error) {
    return failedFit(failureOf(error))
  }
}

/**
 * Trains one model of a working copy, or restores what the same inputs gave before, and writes the run.
 * @param received a command ran in another job: its model is taken from there, and none runs here.
 */
export async function trainModel(
  ports: Ports,
  copy: Copy,
  inputs: ModelInputs,
  records: Records,
  received: boolean,
): Promise<TrainedModel> {
  const started = ports.clock.now()
  const id = runId(started, inputs.inputDigest)
  const command = 'command' in inputs.model.train
  const read = ports.progress.during(`Reading ${inputs.model.dataset}`, () => modelData(ports.engine, inputs))
  const data = await read.catch(failureOf)
  const readable = typeof data !== 'string'
  const elsewhere = received && command
  const restored = readable && !elsewhere ? await restoreFit(ports, inputs, records) : null
  const fit =
    restored ??
    (readable ? await (elsewhere ? receivedFit(ports, inputs) : fitNow(ports, copy, inputs, data)) : failedFit(data))
  if (fit.model) await ports.files.write(`${localPaths.run(id)}/model.onnx`, fit.model)
  if (fit.model && !restored && !elsewhere) await saveFit(ports, inputs, fit)
  if (command && !elsewhere) await keepForJudge(ports, inputs, fit)
  const run = await runRecord({ ...ports, cpus: availableParallelism() }, copy, inputs, readable ? data : null, fit, {
    started,
    cacheHit: restored !== null,
  })
  await writeLocal(ports.files, id, 'run', run)
  return { run, userCode: command && readable && !elsewhere && restored === null }
}
