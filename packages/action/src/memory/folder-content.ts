import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/** The content of a folder of this machine, by path relative to it. */
export type FolderContent = ReadonlyMap<string, Uint8Array>

/** Reads the named files of a folder, or all of them. */
export async function readFolder(folder: string, files?: readonly string[]): Promise<FolderContent> {
  const all = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const content = new Map<string, Uint8Array>()
  for (const path of files ?? (await all())) content.set(path, await readFile(join(folder, path)))
  return content
}

/** Writes them into a folder, which is made where needed. */
export async function writeFolder(folder: string, content: FolderContent): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [path, bytes] of content) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
}
