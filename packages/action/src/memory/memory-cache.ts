import type { Cache } from '@mlwright/domain'
import { type FolderContent, readFolder, writeFolder } from './folder-content.ts'

/** A cache that lasts as long as the process; the first save of a key stays. */
export class MemoryCache implements Cache {
  readonly saved = new Map<string, FolderContent>()

  async restore(key: string, folder: string): Promise<boolean> {
    const content = this.saved.get(key)
    if (content) await writeFolder(folder, content)
    return content !== undefined
  }

  async save(key: string, folder: string): Promise<void> {
    if (!this.saved.has(key)) this.saved.set(key, await readFolder(folder))
  }
}
