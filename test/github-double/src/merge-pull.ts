import { now } from './now.ts'
import { updatePull } from './open-pull.ts'
import type { State, StoredPull } from './state.ts'

export type MergeMethod = 'merge' | 'squash' | 'rebase' | 'queue'

/** The branch of a merge group, and the payload of its event. */
export interface MergeGroup {
  readonly branch: string
  readonly payload: {
    readonly action: 'checks_requested'
    readonly merge_group: {
      readonly head_sha: string
      readonly head_ref: string
      readonly base_sha: string
      readonly base_ref: string
    }
  }
}

/** What a workflow reads of a push. */
export interface PushPayload {
  readonly ref: string
  readonly before: string
  readonly after: string
  readonly created: boolean
  readonly deleted: boolean
  readonly forced: boolean
  readonly commits: readonly { readonly id: string; readonly message: string }[]
  readonly head_commit: { readonly id: string; readonly message: string } | null
}

/** Who presses the button. */
const merger = { GIT_COMMITTER_NAME: 'alice', GIT_COMMITTER_EMAIL: 'alice@example.com' }

export async function queuePull(number: number, state: State): Promise<MergeGroup> {
  const pull = await updatePull(number, state)
  const branch = `gh-readonly-queue/${pull.base}/pr-${number}-${pull.baseCommit}`
  const commit = await state.git.mergeCommit(pull.baseCommit, pull.headCommit, title(pull, state))
  await state.git.run(['update-ref', `refs/heads/${branch}`, commit])
  pull.queued = { branch, commit, base: pull.baseCommit }
  const merge_group = {
    head_sha: commit,
    head_ref: `refs/heads/${branch}`,
    base_sha: pull.baseCommit,
    base_ref: `refs/heads/${pull.base}`,
  }
  return { branch, payload: { action: 'checks_requested', merge_group } }
}

export async function mergePull(number: number, how: MergeMethod, state: State): Promise<PushPayload> {
  const { git } = state
  const waiting = state.pulls.find((pull) => pull.number === number)
  if (waiting?.state !== 'open') throw new Error(`There is no open pull request #${number}`)
  const pull = how === 'queue' && waiting.queued ? waiting : await updatePull(number, state)
  const ref = `refs/heads/${pull.base}`
  const before = (await git.readRef(ref)) ?? ''
  const after = await merged(pull, how, before, state)
  if (!(await git.setRef(ref, after, before))) throw new Error(`${pull.base} has moved`)
  const added = (await git.run(['rev-list', '--first-parent', `${before}..${after}`])).split('\n')
  pull.merged = { commits: added, at: now() }
  pull.state = 'closed'
  if (pull.queued) await git.run(['update-ref', '-d', `refs/heads/${pull.queued.branch}`])
  pull.queued = null
  state.triggers.push({ event: 'push', subject: ref, approval: false })
  const pushed = (await git.run(['rev-list', '--reverse', `${before}..${after}`])).split('\n')
  const commits = await Promise.all(
    pushed.map(async (id) => ({ id, message: await git.run(['show', '-s', '--format=%B', id]) })),
  )
  return {
    ref,
    before,
    after,
    created: false,
    deleted: false,
    forced: false,
    commits,
    head_commit: commits.at(-1) ?? null,
  }
}

async function merged(pull: StoredPull, how: MergeMethod, before: string, state: State): Promise<string> {
  const { git } = state
  if (how === 'merge') return git.mergeCommit(before, pull.headCommit, title(pull, state))
  if (how === 'rebase') return rebased(pull, before, state)
  if (how === 'queue') {
    if (!pull.queued) await queuePull(pull.number, state)
    return pull.queued!.commit
  }
  const tree = await git.find(await git.mergeCommit(before, pull.headCommit, ''), 'tree')
  return git.writeCommit(tree!, `${pull.title} (#${pull.number})\n\n${pull.body}`, [before])
}

/** Every commit once more, with the files that it changed: enough where no two change the same one. */
async function rebased(pull: StoredPull, before: string, { git }: State): Promise<string> {
  const range = ['--reverse', '--no-merges', `${before}..${pull.headCommit}`]
  const commits = (await git.run(['rev-list', ...range])).split('\n')
  let onto = before
  for (const commit of commits) {
    const raw = (await git.run(['diff-tree', '-r', '--raw', '-z', '--no-abbrev', `${commit}^`, commit])).split('\0')
    const entries = raw.flatMap((line, index) => {
      const [, mode = '', , sha = '', status = ''] = line.startsWith(':') ? line.split(' ') : []
      const path = raw[index + 1] ?? ''
      return status ? [{ path, mode, type: 'blob', sha: status === 'D' ? null : sha }] : []
    })
    const tree = await git.writeTree(await git.find(onto, 'tree'), entries)
    const message = await git.run(['show', '-s', '--format=%B', commit])
    onto = await git.run(['commit-tree', tree, '-F', '-', '-p', onto], message, merger)
  }
  return onto
}

function title({ number, branch, fork, title: text }: StoredPull, { owner }: State): string {
  return `Merge pull request #${number} from ${fork?.owner ?? owner}/${branch}\n\n${text}`
}
