import { availableParallelism } from 'node:os'
import type { Finding, Ports, Run, WorkingCopy } from '@mlwright/domain'
import { leakageFindings } from '@mlwright/scoring'
import { type Records, runId } from '@mlwright/tracking'
import { localPaths, writeLocal } from '../common/local-records.ts'
import { modelData } from '../common/model-data.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { type Fit, modelDigest, runRecord } from '../common/run-record.ts'
import { fitBuiltIn } from './fit-built-in.ts'
import { restoreFit, saveFit } from './fit-cache.ts'
import { fitCommand } from './fit-command.ts'

/** Trains one model of a working copy, or restores what the same inputs gave before, and writes the run. */
export async function trainModel(
  ports: Ports,
  copy: Pick<WorkingCopy, 'files' | 'git'> & { readonly folder: string },
  inputs: ModelInputs,
  records: Records,
): Promise<Run> {
  const started = ports.clock.now()
  const id = runId(started, inputs.inputDigest)
  const data = await ports.progress.during(`Reading ${inputs.model.dataset}`, () => modelData(ports.engine, inputs))
  const restored = await restoreFit(ports, inputs, records)
  const fit: Fit =
    restored ??
    ('command' in inputs.model.train
      ? await fitCommand(ports, copy.folder, inputs, data)
      : await fitBuiltIn(ports, inputs, data))
  if (fit.model) await ports.files.write(`${localPaths.run(id)}/model.onnx`, fit.model)
  if (fit.model && !restored) await saveFit(ports, inputs, fit)
  const warnings: Finding[] = leakageFindings(data)
  const run = await runRecord({ ...ports, cpus: availableParallelism() }, copy, inputs, data, fit, {
    started,
    cacheHit: restored !== null,
    warnings,
  })
  await writeLocal(ports.files, id, 'run', run)
  return run
}
