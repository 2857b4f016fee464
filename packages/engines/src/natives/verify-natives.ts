import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { LockedPackage } from './natives-lock.ts'

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Says which file of a `node_modules` folder is not what the lock names, or null where every one is. */
export async function verifyNatives(modules: string, packages: readonly LockedPackage[]): Promise<string | null> {
  for (const { name, files } of packages) {
    const folder = join(modules, name)
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null)
    if (entries === null) return `${name} is missing`
    const found = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        relative(folder, join(entry.parentPath ?? entry.path, entry.name))
          .split(sep)
          .join('/'),
      )
    const unknown = found.find((path) => !Object.hasOwn(files, path))
    if (unknown !== undefined) return `${name}/${unknown} does not belong there`
    for (const [path, digest] of Object.entries(files)) {
      const bytes = await readFile(join(folder, path)).catch(() => null)
      if (bytes === null) return `${name}/${path} is missing`
      if (sha256(bytes) !== digest) return `${name}/${path} is not the file that this release names`
    }
  }
  return null
}
