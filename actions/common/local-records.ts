import { type Files, Run, UserError } from '@mlwright/domain'
import { isRunId, readRecord, recordText } from '@mlwright/tracking'
import { z } from 'zod'

/** Where things stand in the git-ignored folder `.mlwright`. */
export const localPaths = {
  validations: '.mlwright/validations',
  salt: '.mlwright/salt',
  run: (id: string) => `.mlwright/runs/${id}`,
  latest: (model: string) => `.mlwright/latest/${model}`,
  baseline: (model: string) => `.mlwright/baselines/${model}.json`,
  /** Why a model was trained again for its release. */
  retrained: (model: string) => `.mlwright/retrained/${model}`,
} as const

/** The run that a model is compared with, or why there is none. */
export const Baseline = z.object({
  kind: z.literal('Baseline'),
  version: z.literal(1),
  commit: z.string().nullable(),
  run: z.string().nullable(),
  /** Trained again by this run, because no record of it was found or its rows no longer match. */
  retrained: z.boolean(),
  reason: z.string().nullable(),
})
export type Baseline = z.infer<typeof Baseline>

export async function writeBaseline(
  files: Files,
  model: string,
  baseline: Omit<Baseline, 'kind' | 'version'>,
): Promise<void> {
  await files.write(localPaths.baseline(model), recordText({ kind: 'Baseline', version: 1, ...baseline }))
}

export async function readBaseline(files: Files, model: string): Promise<Baseline | null> {
  const path = localPaths.baseline(model)
  const bytes = await files.read(path)
  return bytes && readRecord(Baseline, bytes, path)
}

/** Reads `.mlwright/runs/<id>/<name>.json`. */
export async function readLocal<T>(files: Files, schema: z.ZodType<T>, id: string, name: string): Promise<T | null> {
  const path = `${localPaths.run(id)}/${name}.json`
  const bytes = await files.read(path)
  return bytes && readRecord(schema, bytes, path)
}

export async function writeLocal(files: Files, id: string, name: string, value: unknown): Promise<string> {
  const path = `${localPaths.run(id)}/${name}.json`
  await files.write(path, recordText(value))
  return path
}

/** The id of a model's latest run, or null. */
export async function latestRunId(files: Files, model: string): Promise<string | null> {
  const bytes = await files.read(localPaths.latest(model))
  const id = bytes && new TextDecoder().decode(bytes).trim()
  return id && isRunId(id) ? id : null
}

/** A model's latest run; throws where it was not trained here. */
export async function latestRun(files: Files, model: string): Promise<Run> {
  const id = await latestRunId(files, model)
  const run = id && (await readLocal(files, Run, id, 'run'))
  if (run) return run
  throw new UserError(
    'FILE_MISSING',
    `There is no run of ${model} here; run the action \`train\` first, or name one with the input \`run\`.`,
  )
}
