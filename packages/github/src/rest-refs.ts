import { type Refs, type TreeEntry, UserError } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import type { ApiRefusal } from './api-refusal.ts'
import { GitTrees } from './git-trees.ts'
import { type GitHubApi, notFound } from './github-api.ts'

const attempts = 10
/** Longer texts are sent as blobs, like binary files. */
const inlineLimit = 256 * 1024

const movedMeanwhile = /not a fast.forward|already exists|does not exist|cannot be updated/i

const reading = (doing: string): ApiQuestion => ({ doing, permission: 'contents: read' })
const writing = (doing: string): ApiQuestion => ({ doing, permission: 'contents: write' })

interface Head {
  readonly commit: string
  readonly tree: string
}

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
  readonly #asked = new Map<string, Promise<string | null>>()

  constructor(api: GitHubApi) {
    this.#api = api
    this.#trees = new GitTrees(api)
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

  async commit(branch: string, message: string, files: ReadonlyMap<string, Uint8Array | null>): Promise<string> {
    const blobs = new Map<string, Promise<Omit<NewEntry, 'path' | 'mode' | 'type'>>>()
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const head = await this.#head(branch)
      const tree = await this.#write(branch, head, files, blobs)
      if (head && tree === head.tree) return head.commit
      const made = await this.#api.ask(writing(`commit to ${branch}`), (octokit) =>
        octokit.rest.git.createCommit({ ...this.#api.repository, message, tree, parents: head ? [head.commit] : [] }),
      )
      if (await this.#move(branch, made.data.sha, head === null)) return made.data.sha
      await this.#api.sleep(Math.random() * 500 * attempt)
    }
    throw new UserError(
      'API_FAILED',
      `The branch ${branch} moved ${attempts} times while it was written; run the job again, and let fewer jobs publish at once.`,
    )
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
    const { repository } = this.#api
    const ref = await this.#api.askUnless(reading(`find the branch ${branch}`), notFound, (octokit) =>
      octokit.rest.git.getRef({ ...repository, ref: `heads/${branch}` }),
    )
    if (!ref) return null
    const commit = await this.#api.ask(reading(`read the head of ${branch}`), (octokit) =>
      octokit.rest.git.getCommit({ ...repository, commit_sha: ref.data.object.sha }),
    )
    return { commit: commit.data.sha, tree: commit.data.tree.sha }
  }

  async #write(
    branch: string,
    head: Head | null,
    files: ReadonlyMap<string, Uint8Array | null>,
    blobs: Map<string, Promise<Omit<NewEntry, 'path' | 'mode' | 'type'>>>,
  ): Promise<string> {
    const entries: NewEntry[] = []
    for (const [path, content] of files) {
      if (content === null && !(head && (await this.#trees.at(head.tree, path, 'blob')))) continue
      const body = blobs.get(path) ?? this.#body(branch, path, content)
      blobs.set(path, body)
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
