import { isOwnCommit, ownMessage, type Refs, type TreeEntry, UserError } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import type { ApiRefusal } from './api-refusal.ts'
import { BranchSwap } from './branch-swap.ts'
import { GitTrees } from './git-trees.ts'
import type { GitHubApi } from './github-api.ts'

const attempts = 10
/** Longer texts are sent as blobs, like binary files. */
const inlineLimit = 256 * 1024

const movedMeanwhile = /not a fast.forward|already exists|does not exist|cannot be updated/i

const reading = (doing: string): ApiQuestion => ({ doing, permission: 'contents: read' })
const writing = (doing: string): ApiQuestion => ({ doing, permission: 'contents: write' })

interface Head {
  readonly commit: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
}

type Changes = ReadonlyMap<string, Uint8Array | null>
type Bodies = Map<string, Promise<Omit<NewEntry, 'path' | 'mode' | 'type'>>>

interface NewEntry {
  readonly path: string
  readonly mode: '100644'
  readonly type: 'blob'
  readonly sha?: string | null
  readonly content?: string
}

/** Branches of the repository through the Git data API. Commits name no author, so that GitHub signs them. */
export class RestRefs implements Refs {
  readonly #api: GitHubApi
  readonly #trees: GitTrees
  readonly #branches: BranchSwap
  readonly #asked = new Map<string, Promise<string | null>>()

  constructor(api: GitHubApi) {
    this.#api = api
    this.#trees = new GitTrees(api)
    this.#branches = new BranchSwap(api)
  }

  /** Asked once for all that wait for the same answer, since reads come in bundles; a commit id stays what it is. */
  resolve(ref: string): Promise<string | null> {
    const asked = this.#asked.get(ref) ?? this.#resolve(ref)
    this.#asked.set(ref, asked)
    const forget = () => this.#asked.delete(ref)
    asked.then((commit) => commit === ref || forget(), forget)
    return asked
  }

  async tree(ref: string, folder?: string): Promise<TreeEntry[]> {
    const commit = await this.resolve(ref)
    const top = commit && folder ? await this.#trees.at(commit, folder, 'tree') : commit
    return top ? this.#trees.blobs(top, folder ? `${folder}/` : '') : []
  }

  async read(ref: string, path: string): Promise<Uint8Array | null> {
    const commit = await this.resolve(ref)
    const blob = commit && (await this.#trees.at(commit, path, 'blob'))
    if (!blob) return null
    const answer = await this.#api.ask(reading(`read ${path} of ${ref}`), (octokit) =>
      octokit.rest.git.getBlob({ ...this.#api.repository, file_sha: blob }),
    )
    return Uint8Array.from(Buffer.from(answer.data.content, 'base64'))
  }

  async commit(
    branch: string,
    message: string,
    files: Changes,
    { onto }: { readonly onto?: string } = {},
  ): Promise<string> {
    const bodies: Bodies = new Map()
    const base = onto === undefined ? null : await this.#commit(onto)
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const head = await this.#head(branch)
      const replace = base && (head === null || isOwnCommit(head.message, head.tree))
      const commit = replace
        ? await this.#replace(branch, head, base, message, files, bodies)
        : await this.#append(branch, head, message, files, bodies)
      if (commit) return commit
      await this.#api.sleep(Math.random() * 500 * attempt)
    }
    throw new UserError(
      'API_FAILED',
      `The branch ${branch} moved ${attempts} times while it was written; run the job again, and let fewer jobs publish at once.`,
    )
  }

  async commitAt(branch: string, at: string | null, message: string, files: Changes): Promise<string | null> {
    const head = await this.#head(branch)
    return (head?.commit ?? null) === at ? this.#append(branch, head, message, files, new Map()) : null
  }

  remove(branch: string, head: string): Promise<boolean> {
    return this.#branches.swap(writing(`delete the branch ${branch}`), branch, head, null)
  }

  /** Null where somebody else moved or made the branch meanwhile. */
  async #append(
    branch: string,
    head: Head | null,
    message: string,
    files: Changes,
    bodies: Bodies,
  ): Promise<string | null> {
    const tree = await this.#write(branch, head, files, bodies)
    if (head && tree === head.tree) return head.commit
    const made = await this.#make(branch, message, tree, head)
    const moved = await this.#move(branch, made, head === null)
    return moved || (await this.#branches.head(branch)) === made ? made : null
  }

  async #replace(
    branch: string,
    head: Head | null,
    base: Head,
    message: string,
    files: Changes,
    bodies: Bodies,
  ): Promise<string | null> {
    const tree = await this.#write(branch, base, files, bodies)
    if (tree === base.tree) return base.commit
    if (head?.tree === tree && head.parents[0] === base.commit) return head.commit
    const made = await this.#make(branch, ownMessage(message, tree), tree, base)
    const question = { ...writing(`move the branch ${branch}`), explain: (why: ApiRefusal) => ruleRefusal(branch, why) }
    const moved = head
      ? await this.#branches.swap(question, branch, head.commit, made)
      : await this.#move(branch, made, true)
    return moved ? made : null
  }

  async #make(branch: string, message: string, tree: string, parent: Head | null): Promise<string> {
    const parents = parent ? [parent.commit] : []
    const made = await this.#api.ask(writing(`commit to ${branch}`), (octokit) =>
      octokit.rest.git.createCommit({ ...this.#api.repository, message, tree, parents }),
    )
    return made.data.sha
  }

  async #resolve(ref: string): Promise<string | null> {
    const answer = await this.#api.askUnless(
      reading(`find ${ref}`),
      ({ status }) => status === 404 || status === 409 || status === 422,
      (octokit) => octokit.rest.repos.getCommit({ ...this.#api.repository, ref, mediaType: { format: 'sha' } }),
    )
    return answer && String(answer.data)
  }

  async #head(branch: string): Promise<Head | null> {
    const commit = await this.#branches.head(branch)
    return commit === null ? null : this.#commit(commit)
  }

  async #commit(sha: string): Promise<Head> {
    const { data } = await this.#api.ask(reading(`read the commit ${sha.slice(0, 8)}`), (octokit) =>
      octokit.rest.git.getCommit({ ...this.#api.repository, commit_sha: sha }),
    )
    const { tree, parents, message } = data
    return { commit: data.sha, tree: tree.sha, parents: parents.map((parent) => parent.sha), message }
  }

  async #write(branch: string, head: Head | null, files: Changes, bodies: Bodies): Promise<string> {
    const entries: NewEntry[] = []
    for (const [path, content] of files) {
      if (content === null && !(head && (await this.#trees.at(head.tree, path, 'blob')))) continue
      const body = bodies.get(path) ?? this.#body(branch, path, content)
      bodies.set(path, body)
      entries.push({ path, mode: '100644', type: 'blob', ...(await body) })
    }
    if (head && entries.length === 0) return head.tree
    const tree = await this.#api.ask(writing(`write ${entries.length} files to ${branch}`), (octokit) =>
      octokit.rest.git.createTree({ ...this.#api.repository, tree: entries, ...(head && { base_tree: head.tree }) }),
    )
    return tree.data.sha
  }

  /** Short texts go with the tree, in one request for all; everything else is a blob of its own. */
  async #body(branch: string, path: string, content: Uint8Array | null) {
    if (content === null) return { sha: null }
    const text = content.length <= inlineLimit ? utf8(content) : null
    if (text !== null) return { content: text }
    const blob = await this.#api.ask(writing(`write ${path} to ${branch}`), (octokit) =>
      octokit.rest.git.createBlob({
        ...this.#api.repository,
        content: Buffer.from(content).toString('base64'),
        encoding: 'base64',
      }),
    )
    return { sha: blob.data.sha }
  }

  /** False where somebody else moved or made the branch meanwhile. */
  async #move(branch: string, sha: string, fresh: boolean): Promise<boolean> {
    const { repository } = this.#api
    const moved = await this.#api.askUnless<unknown>(
      { ...writing(`move the branch ${branch}`), explain: (refusal) => ruleRefusal(branch, refusal) },
      ({ status, message }) => status === 409 || (status === 422 && movedMeanwhile.test(message)),
      (octokit) =>
        fresh
          ? octokit.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha })
          : octokit.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha, force: false }),
    )
    return moved !== null
  }
}

function ruleRefusal(branch: string, { message }: ApiRefusal): string | null {
  if (!/rule violation|protected branch/i.test(message)) return null
  return `A rule of the repository refuses commits to ${branch} (${message}); let GitHub Actions bypass that ruleset, or leave the branch out of it.`
}

/** The text of the bytes, or null where they are none that survives JSON. */
function utf8(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
