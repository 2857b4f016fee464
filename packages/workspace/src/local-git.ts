import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import type { Git, Head, WorkingCopy } from '@mlwright/domain'
import { blobId } from './blob-id.ts'
import { GitCommand } from './git-command.ts'
import { LocalFiles } from './local-files.ts'
import { unconvertedFiles } from './unconverted-files.ts'

/** The working copy around a folder; outside a repository, files still have their git object ids. */
export class LocalGit implements Git {
  readonly #git: GitCommand
  #prefix: Promise<string> | undefined

  constructor(folder: string) {
    this.#git = new GitCommand(folder)
  }

  async head(): Promise<Head> {
    const commit = await this.#git.ask(['rev-parse', '--verify', '--quiet', 'HEAD'])
    if (commit === null) return { commit, branch: null, dirty: false, author: null, prefix: '' }
    const [branch, status, author, prefix] = await Promise.all([
      this.#git.ask(['symbolic-ref', '--short', '--quiet', 'HEAD']),
      this.#git.ask(['status', '--porcelain', '--untracked-files=no']),
      this.#git.ask(['log', '-1', '--format=%an']),
      this.#below(),
    ])
    return { commit, branch, dirty: Boolean(status), author, prefix }
  }

  /** The folder below the repository's top: `''` or `services/churn/`. */
  #below(): Promise<string> {
    this.#prefix ??= this.#git.ask(['rev-parse', '--show-prefix']).then((prefix) => prefix ?? '')
    return this.#prefix
  }

  async blobs(named: readonly string[]): Promise<string[]> {
    const { folder } = this.#git
    const paths = named.map((path) => (isAbsolute(path) ? relative(folder, path) : path))
    const plain = await unconvertedFiles(this.#git, paths)
    const asked = paths.filter((path) => !plain.has(path) && !path.includes('\n'))
    const told = asked.length > 0 ? await this.#hashed(asked) : ''
    const known = new Map(told.split('\n').map((oid, i) => [asked[i], oid]))
    const oids: string[] = []
    for (const path of paths) oids.push(known.get(path) ?? (await blobId(join(folder, path))))
    return oids
  }

  /** git reads the paths that come on its input from the repository's top, wherever it runs. */
  async #hashed(paths: readonly string[]): Promise<string> {
    const prefix = await this.#below()
    return this.#git.run(['hash-object', '--stdin-paths'], paths.map((path) => `${prefix}${path}\n`).join(''))
  }

  async tracked(): Promise<string[]> {
    const output = await this.#git.ask(['ls-files', '-z'])
    return (output ?? '').split('\0').filter(Boolean).sort()
  }

  async parents(commit: string): Promise<string[] | null> {
    const line = await this.#git.ask(['rev-list', '--parents', '-1', commit, '--'])
    return line === null ? null : line.split(' ').slice(1)
  }

  async mergeBase(a: string, b: string): Promise<string | null> {
    return (await this.#git.ask(['merge-base', a, b])) || null
  }

  async worktree<T>(commit: string, use: (copy: WorkingCopy) => Promise<T>): Promise<T> {
    const top = await mkdtemp(join(tmpdir(), 'mlwright-worktree-'))
    const folder = join(top, 'tree')
    try {
      await this.#git.run(['worktree', 'add', '--detach', '--quiet', folder, commit])
      const inside = join(folder, await this.#below())
      return await use({ folder: inside, files: new LocalFiles(inside), git: new LocalGit(inside) })
    } finally {
      await this.#git.try(['worktree', 'remove', '--force', folder])
      await rm(top, { recursive: true, force: true })
    }
  }
}
