import type { Ports } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { z } from 'zod'
import type { ModelInputs } from '../common/model-inputs.ts'
import { type Fit, modelDigest } from '../common/run-record.ts'

const Facts = z.object({
  importance: z.array(z.object({ feature: z.string(), share: z.number() })),
  reported_metrics: z.record(z.string(), z.number()),
  seconds: z.number(),
})

const folderOf = (inputs: ModelInputs) => `.mlwright/cache/${inputs.inputDigest}`
const keyOf = (inputs: ModelInputs) => `mlwright-model-${inputs.inputDigest}`

/** What the same inputs gave before. On GitHub a hit counts only where a published record has the same model digest. */
export async function restoreFit(
  ports: Pick<Ports, 'cache' | 'files' | 'event'>,
  inputs: ModelInputs,
  records: Records,
): Promise<Fit | null> {
  const folder = folderOf(inputs)
  if (!(await ports.cache.restore(keyOf(inputs), ports.files.absolute(folder)))) return null
  const model = await ports.files.read(`${folder}/model.onnx`)
  const facts = await ports.files.read(`${folder}/fit.json`)
  if (!model || !facts) return null
  if (ports.event.name !== 'local') {
    const published = await records.withDigest(inputs.name, inputs.inputDigest)
    if (published?.run.model_file?.digest !== modelDigest(model)) return null
  }
  const parsed = Facts.safeParse(JSON.parse(new TextDecoder().decode(facts)))
  return parsed.success ? { ...parsed.data, model, failure: null } : null
}

/** Keeps what a training gave for the next run with the same inputs. */
export async function saveFit(ports: Pick<Ports, 'cache' | 'files'>, inputs: ModelInputs, fit: Fit): Promise<void> {
  const folder = folderOf(inputs)
  const { importance, reported_metrics, seconds } = fit
  await ports.files.write(`${folder}/model.onnx`, fit.model!)
  await ports.files.write(`${folder}/fit.json`, JSON.stringify({ importance, reported_metrics, seconds }))
  await ports.cache.save(keyOf(inputs), ports.files.absolute(folder))
}
