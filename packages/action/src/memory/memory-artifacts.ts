import type { Artifacts } from '@mlwright/domain'
import { type FolderContent, readFolder, writeFolder } from './folder-content.ts'

/** Artifacts of this run, and of other runs where a test puts them there. */
export class MemoryArtifacts implements Artifacts {
  readonly uploaded = new Map<string, FolderContent>()
  /** Artifacts of other workflow runs by id. */
  readonly runs = new Map<number, ReadonlyMap<string, FolderContent>>()

  async upload(name: string, folder: string, files: readonly string[]): Promise<void> {
    this.uploaded.set(name, await readFolder(folder, files))
  }

  async download(name: string, folder: string, run?: number): Promise<boolean> {
    const content = (run === undefined ? this.uploaded : this.runs.get(run))?.get(name)
    if (content) await writeFolder(folder, content)
    return content !== undefined
  }
}
