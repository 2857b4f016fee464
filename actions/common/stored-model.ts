import type { Ports, Run } from '@mlwright/domain'
import { artifactName, type PipelineScope } from './artifact-name.ts'
import { localPaths } from './local-records.ts'
import { sha256 } from './sha256.ts'

/** The model file of a run: where it lies here, else from the artifact of the workflow run that trained it; null where neither has its bytes any more. */
export async function storedModel(
  { artifacts, files }: Pick<Ports, 'artifacts' | 'files'>,
  run: Run,
  scope: PipelineScope,
): Promise<Uint8Array | null> {
  const digest = run.model_file?.digest
  const genuine = async (path: string) => {
    const bytes = await files.read(path)
    return bytes && sha256(bytes) === digest ? bytes : null
  }
  const here = await genuine(`${localPaths.run(run.id)}/model.onnx`)
  const from = run.stamp?.workflow_run
  if (here || !digest || !from) return here
  const folder = `.mlwright/artifacts/${from}`
  await artifacts.download(artifactName('records', scope), files.absolute(folder), from)
  return genuine(`${folder}/runs/${run.id}/model.onnx`)
}
