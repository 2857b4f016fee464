import type { Ports } from '@mlwright/domain'
import { z } from 'zod'
import { artifactName, type PipelineScope } from '../common/artifact-name.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { type Fit, failedFit } from '../common/run-record.ts'

/** What a command left travels to the judging job in this folder, by input digest. */
const folder = '.mlwright/trained'

const Facts = z.object({
  importance: z.array(z.object({ feature: z.string(), share: z.number() })),
  reported_metrics: z.record(z.string(), z.number()),
  failure: z.string().nullable(),
  seconds: z.number(),
})

/** Lays a command's model where the judging job will find it. */
export async function keepForJudge({ files }: Pick<Ports, 'files'>, inputs: ModelInputs, fit: Fit): Promise<void> {
  const { model, ...facts } = fit
  await files.write(`${folder}/${inputs.inputDigest}/fit.json`, JSON.stringify(facts))
  if (model) await files.write(`${folder}/${inputs.inputDigest}/model.onnx`, model)
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
  const bytes = await files.read(`${folder}/${inputs.inputDigest}/fit.json`)
  const nothing = 'The training job left no model for these inputs; its log says why.'
  if (!bytes) return failedFit(nothing)
  try {
    const facts = Facts.parse(JSON.parse(new TextDecoder().decode(bytes)))
    const model = facts.failure === null ? await files.read(`${folder}/${inputs.inputDigest}/model.onnx`) : null
    return model || facts.failure !== null ? { ...facts, model } : failedFit(nothing)
  } catch {
    return failedFit('What the training job left cannot be read; run the workflow again.')
  }
}
