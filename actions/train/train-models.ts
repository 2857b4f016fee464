import type { Ports, Run } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { trainBaseline } from './train-baseline.ts'
import { trainModel } from './train-model.ts'

/** Trains the chosen models, and where wanted the base commit's. */
export async function trainModels(
  inputs: { readonly config: string; readonly model?: string | undefined; readonly baseline: boolean },
  ports: Ports,
  records: Records,
): Promise<Run[]> {
  const config = await readConfig(ports.files, inputs.config)
  const copy = { files: ports.files, git: ports.git, folder: ports.files.absolute('.') }
  const runs: Run[] = []
  for (const [name] of chooseModels(config, inputs.model)) {
    const run = await trainModel(ports, copy, await modelInputs(copy, config, name), records)
    await ports.files.write(localPaths.latest(name), `${run.id}\n`)
    if (inputs.baseline) await trainBaseline(ports, inputs.config, name, records)
    runs.push(run)
  }
  return runs
}
