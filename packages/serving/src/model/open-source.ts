import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { fileSource, folderSource, type ModelSource } from './model-source.ts'

/** What a path holds: a folder of versions, or one file, whose version is the first digits of its SHA-256 unless one is given; null where there is neither. */
export async function openSource(path: string, version: string | undefined): Promise<ModelSource | null> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) return folderSource(path)
  if (!found) return null
  if (version !== undefined) return fileSource(path, version)
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  return fileSource(path, digest.slice(0, 12))
}
