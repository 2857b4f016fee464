import { byUtf8, type TreeEntry } from '@mlwright/domain'
import { type GitHubApi, notFound } from './github-api.ts'

interface Entry {
  readonly path: string
  readonly type: string
  readonly sha: string
  readonly size?: number
}

interface Tree {
  readonly entries: readonly Entry[]
  readonly byPath: ReadonlyMap<string, Entry>
  readonly truncated: boolean
}

/** Git trees of a repository. They never change, so each is asked for once. */
export class GitTrees {
  readonly #api: GitHubApi
  readonly #known = new Map<string, Promise<Tree | null>>()

  constructor(api: GitHubApi) {
    this.#api = api
  }

  /** Every blob below a tree or commit, sorted by path. */
  async blobs(sha: string, prefix = ''): Promise<TreeEntry[]> {
    const tree = await this.#tree(sha, true)
    if (tree && !tree.truncated) return blobsOf(tree, prefix)
    const level = await this.#tree(sha, false)
    if (!level) return []
    const below = []
    for (const folder of level.entries.filter(({ type }) => type === 'tree'))
      below.push(...(await this.blobs(folder.sha, `${prefix}${folder.path}/`)))
    return [...blobsOf(level, prefix), ...below].sort((a, b) => byUtf8(a.path, b.path))
  }

  /** The object at a path below a tree or commit, or null; nothing is asked where everything below is known. */
  async at(sha: string, path: string, type: 'blob' | 'tree'): Promise<string | null> {
    const whole = await this.#known.get(`${sha} true`)
    if (whole && !whole.truncated) {
      const entry = whole.byPath.get(path)
      return entry?.type === type ? entry.sha : null
    }
    const names = path.split('/')
    let current = sha
    for (const [depth, name] of names.entries()) {
      const wanted = depth === names.length - 1 ? type : 'tree'
      const level = await this.#tree(current, false)
      const entry = level?.byPath.get(name)
      if (entry?.type !== wanted) return null
      current = entry.sha
    }
    return current
  }

  #tree(sha: string, recursive: boolean): Promise<Tree | null> {
    const key = `${sha} ${recursive}`
    const known = this.#known.get(key) ?? this.#ask(sha, recursive)
    this.#known.set(key, known)
    return known
  }

  async #ask(sha: string, recursive: boolean): Promise<Tree | null> {
    const question = { doing: `list the files of ${sha.slice(0, 8)}`, permission: 'contents: read' }
    const answer = await this.#api.askUnless(question, notFound, (octokit) =>
      octokit.rest.git.getTree({ ...this.#api.repository, tree_sha: sha, ...(recursive && { recursive: '1' }) }),
    )
    if (!answer) return null
    const { tree: entries, truncated } = answer.data
    return { entries, byPath: new Map(entries.map((entry) => [entry.path, entry])), truncated }
  }
}

function blobsOf(tree: Tree, prefix: string): TreeEntry[] {
  return tree.entries
    .filter(({ type }) => type === 'blob')
    .map(({ path, sha, size }) => ({ path: `${prefix}${path}`, oid: sha, bytes: size ?? 0 }))
}
