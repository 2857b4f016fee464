import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataset } from '@mlwright/data'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll } from 'vitest'

export const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
})
afterAll(() => engine.close())

export const folder = await mkdtemp(join(tmpdir(), 'mlwright-tables-'))

/** A file of this name, written first where its content is given. */
export async function open(name: string, content?: string) {
  const absolute = join(folder, name)
  if (content !== undefined) await writeFile(absolute, content)
  return openDataset(engine, { name, files: [{ path: name, absolute, oid: name }] })
}

/** A Parquet file made by one SELECT. */
export async function table(name: string, select: string) {
  await engine.execute(`COPY (${select}) TO '${join(folder, name)}' (FORMAT parquet)`)
  return open(name)
}
