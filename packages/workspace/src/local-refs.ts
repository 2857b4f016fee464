import { isOwnCommit, ownMessage, type Refs, type TreeEntry, UserError } from '@mlwright/domain'
import { GitCommand } from './git-command.ts'

const attempts = 10

type Changes = ReadonlyMap<string, Uint8Array | null>
/** The names of a path, and what `mktree` takes of its blob: mode, type and object. */
type Entry = readonly [path: readonly string[], object: string]

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
    const commit = /^[0-9a-f]{40}$/.test(ref) ? ref : await this.resolve(ref)
    if (!commit) return null
    const result = await this.#git.try(['cat-file', 'blob', `${commit}:${path}`])
    return result.code === 0 ? result.stdout : null
  }

  async commit(
    branch: string,
    message: string,
    files: Changes,
    { onto }: { readonly onto?: string } = {},
  ): Promise<string> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const head = await this.#head(branch)
      const replace = onto !== undefined && (head === null || (await this.#isOurs(head)))
      const commit = replace
        ? await this.#replace(branch, head, onto, message, files)
        : await this.#append(branch, head, message, files)
      if (commit) return commit
    }
    throw new UserError(
      'GIT_FAILED',
      `The branch ${branch} moved ${attempts} times while it was written; run the step again.`,
    )
  }

  async commitAt(branch: string, head: string | null, message: string, files: Changes): Promise<string | null> {
    return (await this.#head(branch)) === head ? this.#append(branch, head, message, files) : null
  }

  async remove(branch: string, head: string): Promise<boolean> {
    const removed = await this.#git.try(['update-ref', '-d', `refs/heads/${branch}`, head])
    return removed.code === 0 || (await this.#head(branch)) === null
  }

  #head(branch: string): Promise<string | null> {
    return this.#git.ask(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`])
  }

  #treeOf(commit: string): Promise<string> {
    return this.#git.run(['rev-parse', `${commit}^{tree}`])
  }

  async #isOurs(commit: string): Promise<boolean> {
    return isOwnCommit(await this.#git.run(['show', '-s', '--format=%B', commit]), await this.#treeOf(commit))
  }

  /** Null where the branch does not stand at `head` any more. */
  async #append(branch: string, head: string | null, message: string, files: Changes): Promise<string | null> {
    const tree = await this.#writeTree(head, files)
    if (head && tree === (await this.#treeOf(head))) return head
    return this.#write(branch, head, tree, message, head)
  }

  async #replace(
    branch: string,
    head: string | null,
    onto: string,
    message: string,
    files: Changes,
  ): Promise<string | null> {
    const tree = await this.#writeTree(onto, files)
    if (tree === (await this.#treeOf(onto))) return onto
    const kept =
      head && tree === (await this.#treeOf(head)) && (await this.#git.ask(['rev-parse', `${head}^`])) === onto
    return kept ? head : this.#write(branch, head, tree, ownMessage(message, tree), onto)
  }

  async #write(
    branch: string,
    head: string | null,
    tree: string,
    message: string,
    parent: string | null,
  ): Promise<string | null> {
    const parents = parent ? ['-p', parent] : []
    const commit = await this.#git.run([...identity, 'commit-tree', tree, '-m', message, ...parents])
    const moved = await this.#git.try(['update-ref', `refs/heads/${branch}`, commit, head ?? '0'.repeat(40)])
    return moved.code === 0 ? commit : null
  }

  async #writeTree(parent: string | null, files: Changes): Promise<string> {
    const listed = parent ? await this.#git.run(['ls-tree', '-r', '-z', '--full-tree', parent]) : ''
    const entries = new Map(
      listed.split('\0').flatMap((line) => {
        const tab = line.indexOf('\t')
        return tab < 0 ? [] : [[line.slice(tab + 1), line.slice(0, tab)] as const]
      }),
    )
    for (const [path, content] of files) {
      if (content === null) entries.delete(path)
      else entries.set(path, `100644 blob ${await this.#git.run(['hash-object', '-w', '--stdin'], content)}`)
    }
    return this.#writeFolder([...entries].map(([path, object]) => [path.split('/'), object]))
  }

  async #writeFolder(entries: readonly Entry[]): Promise<string> {
    const lines: string[] = []
    const folders = new Map<string, Entry[]>()
    for (const [[name, ...rest], object] of entries) {
      if (rest.length === 0) lines.push(`${object}\t${name}`)
      else folders.set(name!, [...(folders.get(name!) ?? []), [rest, object]])
    }
    for (const [name, inside] of folders) lines.push(`040000 tree ${await this.#writeFolder(inside)}\t${name}`)
    return this.#git.run(['mktree', '-z', '--missing'], lines.map((line) => `${line}\0`).join(''))
  }
}

/** commit-tree needs an identity even where the user has set none. */
const identity = ['-c', 'user.name=mlwright', '-c', 'user.email=mlwright@users.noreply.github.com']
