import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { LayerFile } from '@mlwright/oci'

/** The files of a folder of this machine, below `target` in an image. */
export async function folderFiles(
  folder: string,
  target: string,
  wanted: (path: string) => boolean = () => true,
): Promise<LayerFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(wanted)
  return Promise.all(
    paths.map(async (path) => ({ path: `${target}/${path}`, content: await readFile(join(folder, path)) })),
  )
}
