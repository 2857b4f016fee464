import { type Ports, type Run, UserError } from '@mlwright/domain'
import { chooseRun } from '../evaluate/choose-run.ts'
import { latestRun, localPaths } from './local-records.ts'
import { chooseModels, readConfig } from './project.ts'
import { releasedFile } from './released-file.ts'

export interface ModelFile {
  /** Where it stands; of a released version its tag. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Its name in the configuration; null for a file. */
  readonly model: string | null
  /** The version that it was released as, such as `v1.4.0`; null where it was not. */
  readonly version: string | null
}

/** The model that the inputs name: a file, a run's, a released version's, or the latest run's. Throws `UserError` FILE_MISSING or ARTIFACT_MISSING. */
export async function modelFile(
  inputs: {
    readonly modelPath?: string | undefined
    readonly run?: string | undefined
    readonly config: string
    readonly model?: string | undefined
  },
  ports: Pick<Ports, 'files' | 'releases' | 'published'>,
): Promise<ModelFile> {
  const { files } = ports
  const read = async (path: string, model: string | null, fix: string) => {
    const bytes = await files.read(path)
    if (bytes) return { path, bytes, model, version: null }
    throw new UserError('FILE_MISSING', `There is no model at ${path}; ${fix}`)
  }
  if (inputs.modelPath !== undefined)
    return read(inputs.modelPath, null, 'correct the input `model-path`, or name a released version with `model`.')
  const ofRun = ({ id, model }: Run) =>
    read(`${localPaths.run(id)}/model.onnx`, model, 'train again, or name a file with `model-path`.')
  if (inputs.run !== undefined) return ofRun(await chooseRun(files, inputs.run))
  const tag = inputs.model ?? ''
  const at = tag.lastIndexOf('@')
  if (at > 0) {
    const bytes = await releasedFile(ports, tag, 'model.onnx')
    if (bytes) return { path: tag, bytes, model: tag.slice(0, at), version: tag.slice(at + 1) }
    throw new UserError('ARTIFACT_MISSING', `The release of ${tag} has no model.onnx.`)
  }
  const models = chooseModels(await readConfig(files, inputs.config), inputs.model)
  if (models.length > 1)
    throw new UserError(
      'INPUT_INVALID',
      'Say with the input `model` which model is meant, or name a file with `model-path`.',
    )
  return ofRun(await latestRun(files, models[0]![0]))
}
