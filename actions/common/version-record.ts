import { Comparison, Evaluation, Run } from '@mlwright/domain'
import { type Records, readRecord, type StoredRun } from '@mlwright/tracking'
import type { z } from 'zod'
import { runOfVersion } from './champion.ts'
import type { Registry } from './registry.ts'

/** Reads a record among a release's files; null where it is not there. */
export function releasedRecord<T>(
  files: ReadonlyMap<string, Uint8Array>,
  schema: z.ZodType<T>,
  file: string,
  tag: string,
): T | null {
  const bytes = files.get(file)
  return bytes ? readRecord(schema, bytes, `${file} of ${tag}`) : null
}

/** The run that a version is: from the records branch, else from its release's files; null where neither knows it. */
export async function versionRecord(
  registry: Registry,
  records: Records,
  { model, tag }: { readonly model: string; readonly tag: string },
  released: () => Promise<ReadonlyMap<string, Uint8Array>>,
): Promise<StoredRun | null> {
  const stored = await runOfVersion(registry, records, model, tag)
  if (stored) return stored
  const files = await released()
  const run = releasedRecord(files, Run, 'run.json', tag)
  if (run === null) return null
  return {
    run,
    evaluation: releasedRecord(files, Evaluation, 'evaluation.json', tag),
    comparison: releasedRecord(files, Comparison, 'comparison.json', tag),
    predictions: null,
  }
}
