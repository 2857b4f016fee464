import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cache } from '@mlwright/domain'
import { temporaryName } from './temporary-name.ts'

/** A cache in a folder of this machine, one subfolder per key. */
export class FolderCache implements Cache {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async restore(key: string, folder: string): Promise<boolean> {
    return cp(join(this.#folder, key), folder, { recursive: true }).then(
      () => true,
      () => false,
    )
  }

  async save(key: string, folder: string): Promise<void> {
    const target = join(this.#folder, key)
    const temporary = temporaryName(target)
    await mkdir(dirname(target), { recursive: true })
    await cp(folder, temporary, { recursive: true })
    await rename(temporary, target).catch(() => rm(temporary, { recursive: true, force: true }))
  }
}
