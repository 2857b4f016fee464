import { byUtf8, type Refs, type TreeEntry } from '@mlwright/domain'
import { objectId } from './object-id.ts'

type Files = ReadonlyMap<string, Uint8Array>
type Changes = ReadonlyMap<string, Uint8Array | null>

interface Commit {
  readonly parent: string | null
  readonly message: string
  readonly files: Files
  /** Made with `onto`, so that it may be replaced. */
  readonly ours: boolean
}

const equal = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.compare(a, b) === 0
const same = (a: Files, b: Files) => a.size === b.size && [...a].every(([path, content]) => equal(b.get(path), content))

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
    return [...this.#files(this.heads.get(ref) ?? ref)]
      .filter(([path]) => folder === undefined || path.startsWith(`${folder}/`))
      .map(([path, content]) => ({ path, oid: objectId('blob', content), bytes: content.length }))
      .sort((a, b) => byUtf8(a.path, b.path))
  }

  async read(ref: string, path: string): Promise<Uint8Array | null> {
    const content = this.#files(this.heads.get(ref) ?? ref).get(path)
    return content ? Uint8Array.from(content) : null
  }

  async commit(
    branch: string,
    message: string,
    files: Changes,
    { onto }: { readonly onto?: string } = {},
  ): Promise<string> {
    const head = this.heads.get(branch) ?? null
    const free = head === null || this.commits.get(head)!.ours
    if (onto === undefined || !free) return this.#write(branch, head, message, files)
    const after = this.#changed(onto, files)
    if (same(after, this.#files(onto))) return onto
    const kept = head !== null && this.commits.get(head)!.parent === onto && same(after, this.#files(head))
    return kept ? head : this.#add(branch, { parent: onto, message, files: after, ours: true })
  }

  async commitAt(branch: string, head: string | null, message: string, files: Changes): Promise<string | null> {
    if ((this.heads.get(branch) ?? null) !== head) return null
    return this.#write(branch, head, message, files)
  }

  async remove(branch: string, head: string): Promise<boolean> {
    if (this.heads.get(branch) === head) this.heads.delete(branch)
    return !this.heads.has(branch)
  }

  #write(branch: string, parent: string | null, message: string, changes: Changes): string {
    const files = this.#changed(parent, changes)
    if (parent && same(files, this.#files(parent))) return parent
    return this.#add(branch, { parent, message, files, ours: false })
  }

  #add(branch: string, commit: Commit): string {
    const files = [...commit.files].map(([path, content]) => [path, objectId('blob', content)])
    const text = JSON.stringify([commit.parent, commit.message, files, commit.ours])
    const id = objectId('commit', new TextEncoder().encode(text))
    this.commits.set(id, commit)
    this.heads.set(branch, id)
    return id
  }

  #files(commit: string): Files {
    return this.commits.get(commit)?.files ?? new Map()
  }

  #changed(commit: string | null, changes: Changes): Files {
    const files = new Map(commit ? this.#files(commit) : [])
    for (const [path, content] of changes) {
      if (content === null) files.delete(path)
      else files.set(path, Uint8Array.from(content))
    }
    return files
  }
}
