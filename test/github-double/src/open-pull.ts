import type { State, StoredPull } from './state.ts'

export interface OpenPull {
  readonly branch: string
  readonly base?: string
  readonly number?: number
  /** The fork that the branch lives in; its commits are in this repository too, as on GitHub. */
  readonly fork?: { readonly owner: string; readonly id: number }
  readonly deletedFork?: boolean
  readonly title?: string
  readonly body?: string
  readonly labels?: readonly string[]
}

export async function openPull(options: OpenPull, state: State): Promise<StoredPull> {
  const number = options.number ?? state.pulls.length + state.issues.length + 1
  const { branch, base = state.defaultBranch, fork = null, deletedFork = false } = options
  const { title = `Pull request ${number}`, body = '', labels = [] } = options
  const text = { title, body, labels: [...labels], merged: null, queued: null }
  const unknown = { headCommit: '', baseCommit: '', mergeCommit: '', state: 'open' } as const
  state.pulls.push({ number, branch, base, fork, deletedFork, ...text, ...unknown })
  return updatePull(number, state)
}

export async function updatePull(number: number, state: State): Promise<StoredPull> {
  const pull = state.pulls.find((candidate) => candidate.number === number)
  if (!pull) throw new Error(`There is no pull request #${number}`)
  const { git } = state
  pull.headCommit = (await git.readRef(`refs/heads/${pull.branch}`)) ?? ''
  pull.baseCommit = (await git.readRef(`refs/heads/${pull.base}`)) ?? ''
  pull.mergeCommit = await git.mergeCommit(pull.baseCommit, pull.headCommit, `Merge ${pull.branch} into ${pull.base}`)
  await git.run(['update-ref', `refs/pull/${number}/head`, pull.headCommit])
  await git.run(['update-ref', `refs/pull/${number}/merge`, pull.mergeCommit])
  return pull
}
