import { type PullRequest, type Pulls, UserError } from '@mlwright/domain'
import { MemoryGitHub, type MemoryPull } from './memory-github.ts'

/** Pull requests in memory. */
export class MemoryPulls implements Pulls {
  readonly #state: MemoryGitHub

  constructor(state = new MemoryGitHub()) {
    this.#state = state
  }

  async get(number: number): Promise<PullRequest | null> {
    const found = this.#state.pulls.find((pull) => pull.number === number)
    return found ? this.#read(found) : null
  }

  async from(owner: string, branch: string): Promise<PullRequest[]> {
    return this.#state.pulls.filter((pull) => this.#isFrom(pull, owner, branch)).map((pull) => this.#read(pull))
  }

  async containing(commit: string): Promise<PullRequest[]> {
    return this.#state.pulls
      .filter((pull) => [pull.head.commit, pull.mergeCommit, ...(pull.commits ?? [])].includes(commit))
      .map((pull) => this.#read(pull))
  }

  async open(pull: Parameters<Pulls['open']>[0]): Promise<PullRequest | null> {
    const { owner, pulls, refs, opensPulls } = this.#state
    const { branch, base, title, body } = pull
    const [head, onto] = await Promise.all([refs.resolve(branch), refs.resolve(base)])
    const there = pulls.find((other) => this.#isFrom(other, owner, branch) && other.base.branch === base)
    if (there) return this.#read(there)
    if (!opensPulls) return null
    if (!head || !onto || head === onto)
      throw new UserError('API_FAILED', `There is nothing to pull from ${branch} into ${base}.`)
    const made: MemoryPull = {
      number: Math.max(0, ...pulls.map(({ number }) => number)) + 1,
      title,
      body,
      labels: [],
      head: { commit: head, branch, repository: 1, fork: false },
      base: { commit: onto, branch: base },
      open: true,
      mergeCommit: null,
    }
    pulls.push(made)
    return made
  }

  async edit(number: number, change: Parameters<Pulls['edit']>[1]): Promise<PullRequest | null> {
    const { state, ...text } = change
    const closedAt = this.#state.clock.now().toISOString()
    return this.#change(number, {
      ...text,
      ...(state && { open: state === 'open' }),
      ...(state === 'closed' && { closedAt }),
    })
  }

  /** What a person does: merges a pull request as this commit. */
  merge(number: number, mergeCommit: string): PullRequest | null {
    return this.#change(number, { open: false, mergeCommit })
  }

  #isFrom(pull: MemoryPull, owner: string, branch: string): boolean {
    return pull.open && pull.head.branch === branch && (pull.owner ?? this.#state.owner) === owner
  }

  #change(number: number, change: Partial<MemoryPull>): PullRequest | null {
    const { pulls } = this.#state
    const index = pulls.findIndex((pull) => pull.number === number)
    if (index < 0) return null
    pulls[index] = { ...pulls[index]!, ...change }
    return this.#read(pulls[index])
  }

  /** The head of an open one is where its branch is now. */
  #read({ owner = this.#state.owner, commits, ...pull }: MemoryPull): PullRequest {
    const moved = pull.open && owner === this.#state.owner ? this.#state.refs.heads.get(pull.head.branch) : undefined
    return moved ? { ...pull, head: { ...pull.head, commit: moved } } : pull
  }
}
