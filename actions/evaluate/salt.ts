import { randomBytes } from 'node:crypto'
import type { Files } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'

/** The salt of row keys: the records branch's, else a new one that becomes the branch's when this run is published first. */
export async function saltOf(files: Files, records: Records): Promise<string> {
  const known = await records.salt()
  const here = await files.read(localPaths.salt)
  const salt = known ?? (here ? new TextDecoder().decode(here).trim() : randomBytes(16).toString('hex'))
  await files.write(localPaths.salt, `${salt}\n`)
  return salt
}
