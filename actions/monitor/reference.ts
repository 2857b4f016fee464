import { type OpenDataset, openDataset, profileTable } from '@mlwright/data'
import { type ColumnType, type Ports, Profile } from '@mlwright/domain'
import { readRecord } from '@mlwright/tracking'
import { dataFiles } from '../common/project.ts'
import type { Answered } from './answered.ts'

/** What data is compared with. */
export interface Reference {
  readonly profile: Profile
  /** The table itself; null where only its profile is at hand. */
  readonly opened: OpenDataset | null
  /** Answers of the released model on its test rows. */
  readonly answered?: Answered | null
  /** The profile of those answers, of any kind of model. */
  readonly answers?: Profile | null
}

/** The last part of a path, without its endings; all of a pattern such as `logs/*.jsonl`, whose last part says nothing. */
export function nameOf(source: string): string {
  const name = source.replace(/^.*\//, '').replace(/\.[^*]*$/, '')
  return /[\p{L}\p{N}]/u.test(name) ? name : source
}

/** Opens data files; columns are read as the types that are given. */
export async function openTable(
  ports: Ports,
  source: string,
  types: ReadonlyMap<string, ColumnType> = new Map(),
): Promise<OpenDataset> {
  return openDataset(ports.engine, {
    name: nameOf(source),
    files: await dataFiles(ports, source),
    types,
    uncounted: true,
  })
}

/** Reads a profile, or makes one of a table. Throws `UserError` RECORD_INVALID for JSON that is no profile. */
export async function readReference(ports: Ports, source: string): Promise<Reference> {
  const bytes = source.endsWith('.json') ? await ports.files.read(source) : null
  if (bytes !== null) return { profile: readRecord(Profile, bytes, source), opened: null }
  const opened = await openTable(ports, source)
  return { profile: await profileTable(ports.engine, opened, { distinct: false }), opened }
}
