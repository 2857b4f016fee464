import { byUtf8, type Git, type Head, UserError, type WorkingCopy } from '@mlwright/domain'
import { MemoryFiles } from './memory-files.ts'
import { objectId } from './object-id.ts'

export interface MemoryCommit {
  readonly parents: readonly string[]
  readonly files: Readonly<Record<string, Uint8Array | string>>
}

/** A working copy's history in memory. */
export class MemoryGit implements Git {
  readonly #files: MemoryFiles
  readonly #commits: ReadonlyMap<string, MemoryCommit>
  readonly #branches: ReadonlyMap<string, string>
  readonly #head: Head

  constructor(
    files: MemoryFiles,
    history: {
      readonly head?: Partial<Head>
      readonly commits?: Readonly<Record<string, MemoryCommit>>
      readonly branches?: Readonly<Record<string, string>>
    } = {},
  ) {
    this.#files = files
    this.#commits = new Map(Object.entries(history.commits ?? {}))
    this.#branches = new Map(Object.entries(history.branches ?? {}))
    this.#head = { commit: null, branch: null, dirty: false, author: null, prefix: '', ...history.head }
  }

  async head(): Promise<Head> {
    return this.#head
  }

  async blobs(paths: readonly string[]): Promise<string[]> {
    return Promise.all(
      paths.map(async (path) => {
        const content = await this.#files.read(path)
        if (content) return objectId('blob', content)
        throw new UserError('FILE_MISSING', `There is no file ${path}; correct the path.`)
      }),
    )
  }

  async tracked(): Promise<string[]> {
    return [...this.#files.content.keys()].filter((path) => !path.startsWith('.mlwright/')).sort(byUtf8)
  }

  async parents(commit: string): Promise<string[] | null> {
    const found = this.#commits.get(this.#resolve(commit))
    return found ? [...found.parents] : null
  }

  async mergeBase(a: string, b: string): Promise<string | null> {
    const older = new Set(this.#ancestors(b))
    return this.#ancestors(a).find((commit) => older.has(commit)) ?? null
  }

  async worktree<T>(commit: string, use: (copy: WorkingCopy) => Promise<T>): Promise<T> {
    const found = this.#commits.get(this.#resolve(commit))
    if (!found) throw new UserError('GIT_FAILED', `The commit ${commit} is not in this clone; fetch it first.`)
    const files = new MemoryFiles(found.files, '/memory-worktree')
    const head = { commit, author: this.#head.author, prefix: this.#head.prefix }
    const git = new MemoryGit(files, { head, commits: Object.fromEntries(this.#commits) })
    return use({ folder: files.absolute('.'), files, git })
  }

  #resolve(name: string): string {
    return name === 'HEAD' ? (this.#head.commit ?? name) : (this.#branches.get(name) ?? name)
  }

  /** The commit itself and everything before it, nearest first. */
  #ancestors(name: string): string[] {
    const start = this.#resolve(name)
    const found = new Set(this.#commits.has(start) ? [start] : [])
    for (const commit of found) for (const parent of this.#commits.get(commit)?.parents ?? []) found.add(parent)
    return [...found]
  }
}
