import { byUtf8, type Refs, type TreeEntry } from '@mlwright/domain'
import { objectId } from './object-id.ts'

interface Commit {
  readonly parent: string | null
  readonly message: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

const equal = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.compare(a, b) === 0

/** Branches in memory. */
export class MemoryRefs implements Refs {
  /** Commits by id. */
  readonly commits = new Map<string, Commit>()
  /** Commit ids by branch or tag. */
  readonly heads = new Map<string, string>()

  async resolve(ref: string): Promise<string | null> {
    return this.heads.get(ref) ?? (this.commits.has(ref) ? ref : null)
  }

  async tree(ref: string, folder?: string): Promise<TreeEntry[]> {
    const files = await this.#files(ref)
    return [...files]
      .filter(([path]) => folder === undefined || path.startsWith(`${folder}/`))
      .map(([path, content]) => ({ path, oid: objectId('blob', content), bytes: content.length }))
      .sort((a, b) => byUtf8(a.path, b.path))
  }

  async read(ref: string, path: string): Promise<Uint8Array | null> {
    const content = (await this.#files(ref)).get(path)
    return content ? Uint8Array.from(content) : null
  }

  async commit(branch: string, message: string, files: ReadonlyMap<string, Uint8Array | null>): Promise<string> {
    const parent = this.heads.get(branch) ?? null
    const before = parent ? this.commits.get(parent)!.files : new Map<string, Uint8Array>()
    const after = new Map(before)
    for (const [path, content] of files) {
      if (content === null) after.delete(path)
      else if (!equal(after.get(path), content)) after.set(path, Uint8Array.from(content))
    }
    const same = after.size === before.size && [...after].every(([path, content]) => before.get(path) === content)
    if (parent && same) return parent
    const text = JSON.stringify([
      parent,
      message,
      [...after].map(([path, content]) => [path, objectId('blob', content)]),
    ])
    const id = objectId('commit', new TextEncoder().encode(text))
    this.commits.set(id, { parent, message, files: after })
    this.heads.set(branch, id)
    return id
  }

  async #files(ref: string): Promise<ReadonlyMap<string, Uint8Array>> {
    const commit = await this.resolve(ref)
    return commit ? this.commits.get(commit)!.files : new Map()
  }
}
