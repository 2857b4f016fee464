import type { Files } from '@mlwright/domain'
import { type Records, recordPaths } from '@mlwright/tracking'
import { localPaths } from './local-records.ts'

/** Larger predictions stay in the artifact. */
const largestPredictions = 2 ** 20

/** Whether predictions of this job can be matched with those that the records branch keeps. */
export interface Salting {
  readonly same: boolean
  /** What the branch still lacks: the salt itself, where it has none. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Compares the salt of this job's row keys with the records branch's. */
export async function saltingOf(files: Files, records: Records): Promise<Salting> {
  const here = new TextDecoder().decode((await files.read(localPaths.salt)) ?? new Uint8Array()).trim()
  const known = await records.salt()
  const lacking = !known && here ? [[recordPaths.salt, new TextEncoder().encode(`${here}\n`)] as const] : []
  return { same: !known || known === here, files: new Map(lacking) }
}

/** The predictions where they may be stored: wanted, salted as the branch's are, and small enough. */
export function storablePredictions(
  predictions: Uint8Array | null,
  salting: Salting,
  wanted: boolean,
): Uint8Array | null {
  return wanted && predictions && salting.same && predictions.length <= largestPredictions ? predictions : null
}
