import type { Ports, Run } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import type { PipelineScope } from '../common/artifact-name.ts'
import { localPaths } from '../common/local-records.ts'
import { mergedRun } from '../common/merged-run.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { storedModel } from '../common/stored-model.ts'
import { layRun, measuresAll } from './reuse-run.ts'

/** The run that the merge evaluated, with its very model file; null, and the reason kept, where it has to be trained again. */
export async function releaseRun(
  ports: Ports,
  inputs: ModelInputs,
  records: Records,
  scope: PipelineScope,
): Promise<Run | null> {
  const { event, files, runner } = ports
  const { inputDigest, name } = inputs
  const again = async (reason: string) => {
    runner.log(`${name}: ${reason}`)
    await files.write(localPaths.retrained(name), reason)
    return null
  }
  if (event.name === 'local' || !event.commit) return null
  const stored = await mergedRun(ports, records, event.commit, name, inputDigest)
  if (!stored || !measuresAll(stored, inputs))
    return again('No run of the merged pull request has the inputs of this commit, so the model is trained again.')
  const model = await storedModel(ports, stored.run, scope)
  if (!model)
    return again(`The artifact of run ${stored.run.id} is gone or has expired, so the model is trained again.`)
  await files.write(`${localPaths.run(stored.run.id)}/model.onnx`, model)
  return layRun(ports, stored)
}
