import type { Files } from '@mlwright/domain'
import { z } from 'zod'
import type { Fit } from '../common/run-record.ts'

const Facts = z.object({
  importance: z.array(z.object({ feature: z.string(), share: z.number() })),
  reported_metrics: z.record(z.string(), z.number()),
  failure: z.string().nullable(),
  seconds: z.number(),
})

/** Writes what a trainer left to a folder: `fit.json`, and `model.onnx` where there is one. */
export async function writeFit(files: Files, folder: string, { model, ...facts }: Fit): Promise<void> {
  if (model) await files.write(`${folder}/model.onnx`, model)
  await files.write(`${folder}/fit.json`, JSON.stringify(facts))
}

function factsOf(bytes: Uint8Array): z.infer<typeof Facts> | null {
  try {
    return Facts.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return null
  }
}

/** Reads it back; null where it is absent, incomplete or damaged. */
export async function readFit(files: Files, folder: string): Promise<Fit | null> {
  const bytes = await files.read(`${folder}/fit.json`)
  const facts = bytes && factsOf(bytes)
  if (!facts) return null
  const model = facts.failure === null ? await files.read(`${folder}/model.onnx`) : null
  return model || facts.failure !== null ? { ...facts, model } : null
}
