import { type Refs, type TreeEntry, UserError } from '@mlwright/domain'
import { GitCommand } from './git-command.ts'

const attempts = 10

/** Branches of the local repository as a store of files, without touching the working copy or the index. */
export class LocalRefs implements Refs {
  readonly #git: GitCommand

  constructor(folder: string) {
    this.#git = new GitCommand(folder)
  }

  async resolve(ref: string): Promise<string | null> {
    for (const name of [ref, `origin/${ref}`]) {
      const commit = await this.#git.ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])
      if (commit) return commit
    }
    return null
  }

  async tree(ref: string, folder?: string): Promise<TreeEntry[]> {
    const commit = await this.resolve(ref)
    if (!commit) return []
    const scope = folder ? [`${folder}/`] : []
    const output = await this.#git.run(['ls-tree', '-r', '-l', '-z', '--full-tree', commit, '--', ...scope])
    return output.split('\0').flatMap((line) => {
      const match = /^\d+ blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line)
      return match ? [{ path: match[3]!, oid: match[1]!, bytes: Number(match[2]) }] : []
    })
  }

  async read(ref: string, path: string): Promise<Uint8Array | null> {
    const commit = await this.resolve(ref)
    if (!commit) return null
    const result = await this.#git.try(['cat-file', 'blob', `${commit}:${path}`])
    return result.code === 0 ? result.stdout : null
  }

  async commit(branch: string, message: string, files: ReadonlyMap<string, Uint8Array | null>): Promise<string> {
    const ref = `refs/heads/${branch}`
    for (let attempt = 0; attempt < attempts; attempt++) {
      const parent = await this.#git.ask(['rev-parse', '--verify', '--quiet', ref])
      const tree = await this.#writeTree(parent, files)
      if (parent && tree === (await this.#git.run(['rev-parse', `${parent}^{tree}`]))) return parent
      const parents = parent ? ['-p', parent] : []
      const commit = await this.#git.run([...identity, 'commit-tree', tree, '-m', message, ...parents])
      const moved = await this.#git.try(['update-ref', ref, commit, parent ?? '0'.repeat(40)])
      if (moved.code === 0) return commit
    }
    throw new UserError(
      'GIT_FAILED',
      `The branch ${branch} moved ${attempts} times while it was written; run the step again.`,
    )
  }

  async #writeTree(parent: string | null, files: ReadonlyMap<string, Uint8Array | null>): Promise<string> {
    const entries = new Map(parent ? (await this.tree(parent)).map((entry) => [entry.path, entry.oid]) : [])
    for (const [path, content] of files) {
      if (content === null) entries.delete(path)
      else entries.set(path, await this.#git.run(['hash-object', '-w', '--stdin'], content))
    }
    return this.#writeFolder([...entries].map(([path, oid]) => [path.split('/'), oid]))
  }

  async #writeFolder(entries: readonly (readonly [readonly string[], string])[]): Promise<string> {
    const lines: string[] = []
    const folders = new Map<string, (readonly [readonly string[], string])[]>()
    for (const [[name, ...rest], oid] of entries) {
      if (rest.length === 0) lines.push(`100644 blob ${oid}\t${name}`)
      else folders.set(name!, [...(folders.get(name!) ?? []), [rest, oid]])
    }
    for (const [name, inside] of folders) lines.push(`040000 tree ${await this.#writeFolder(inside)}\t${name}`)
    return this.#git.run(['mktree', '-z'], lines.map((line) => `${line}\0`).join(''))
  }
}

/** commit-tree needs an identity even where the user has set none. */
const identity = ['-c', 'user.name=mlwright', '-c', 'user.email=mlwright@users.noreply.github.com']
