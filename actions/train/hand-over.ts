import type { Ports } from '@mlwright/domain'
import { artifactName, type PipelineScope } from '../common/artifact-name.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { type Fit, failedFit } from '../common/run-record.ts'
import { readFit, writeFit } from './fit-files.ts'

/** What a command left travels to the judging job in this folder, by input digest. */
const folder = '.mlwright/trained'

const folderOf = (inputs: ModelInputs) => `${folder}/${inputs.inputDigest}`

/** Lays a command's model where the judging job will find it. */
export async function keepForJudge({ files }: Pick<Ports, 'files'>, inputs: ModelInputs, fit: Fit): Promise<void> {
  await writeFit(files, folderOf(inputs), fit)
}

export async function uploadTrained(
  { artifacts, files }: Pick<Ports, 'artifacts' | 'files'>,
  scope: PipelineScope,
): Promise<void> {
  const paths = await files.glob(`${folder}/**/*`)
  await artifacts.upload(
    artifactName('trained', scope),
    files.absolute(folder),
    paths.map((path) => path.slice(folder.length + 1)),
  )
}

export async function downloadTrained(
  { artifacts, files }: Pick<Ports, 'artifacts' | 'files'>,
  scope: PipelineScope,
): Promise<void> {
  await files.remove(folder)
  await artifacts.download(artifactName('trained', scope), files.absolute(folder))
}

/** What the train job left for these inputs: bytes and facts that nobody vouches for. */
export async function receivedFit({ files }: Pick<Ports, 'files'>, inputs: ModelInputs): Promise<Fit> {
  const fit = await readFit(files, folderOf(inputs))
  return fit ?? failedFit('The training job left no model for these inputs; its log says why.')
}
