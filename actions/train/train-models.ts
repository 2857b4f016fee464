import type { Ports, Run } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import type { PipelineScope } from '../common/artifact-name.ts'
import { localPaths } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { releaseRun } from './release-run.ts'
import { reuseRun } from './reuse-run.ts'
import { trainBaseline } from './train-baseline.ts'
import { trainModel } from './train-model.ts'

export interface TrainInputs extends PipelineScope {
  readonly config: string
  /** See to it that the base commit has a run to compare with. */
  readonly baseline: boolean
  /** Commands ran in another job, whose models have been downloaded. */
  readonly received: boolean
  /** A run that is used again has to come with its model file, for a release. */
  readonly release?: boolean
}

/** Trains the chosen models, and where wanted the base commit's. */
export async function trainModels(
  inputs: TrainInputs,
  ports: Ports,
  records: Records,
): Promise<{ runs: Run[]; userCode: boolean }> {
  const config = await readConfig(ports.files, inputs.config)
  const copy = { files: ports.files, git: ports.git, folder: ports.files.absolute('.') }
  const runs: Run[] = []
  let userCode = false
  for (const [name] of chooseModels(config, inputs.model)) {
    const scoped = await modelInputs(copy, config, name)
    const reused = await (inputs.release
      ? releaseRun(ports, scoped, records, inputs)
      : reuseRun(ports, scoped, records))
    const trained = reused
      ? { run: reused, userCode: false }
      : await trainModel(ports, copy, scoped, records, inputs.received)
    await ports.files.write(localPaths.latest(name), `${trained.run.id}\n`)
    const ranBaseline = inputs.baseline && (await trainBaseline(ports, inputs.config, name, records, inputs.received))
    userCode ||= trained.userCode || ranBaseline
    runs.push(trained.run)
  }
  return { runs, userCode }
}
