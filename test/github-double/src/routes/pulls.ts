import { HttpProblem, missing } from '../http-problem.ts'
import { now } from '../now.ts'
import { openPull } from '../open-pull.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State, StoredPull } from '../state.ts'
import { trigger } from '../trigger.ts'

interface PullFields {
  readonly title?: string
  readonly head?: string
  readonly base?: string
  readonly body?: string
  readonly state?: 'open' | 'closed'
}

export const pullRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/pulls',
    permissions: ['pull-requests: read'],
    answer(request, state) {
      const { query } = request
      const wanted = query.get('state') ?? 'open'
      const head = query.get('head')
      const found = state.pulls.filter(
        (pull) =>
          (wanted === 'all' || pull.state === wanted) &&
          (head === null || head === `${pull.fork?.owner ?? state.owner}:${pull.branch}`),
      )
      return page(request, found, (items) => items.map((pull) => restPull(pull, state)))
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    permissions: ['pull-requests: read'],
    answer({ params }, state) {
      const pull = state.pulls.find(({ number }) => number === Number(params.pull_number))
      if (!pull) throw missing()
      return { status: 200, body: restPull(pull, state) }
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/pulls',
    permissions: ['pull-requests: write'],
    async answer({ body, account }, state) {
      const { title = '', head = '', base = '', body: text = '' } = body as PullFields
      if (account.login === 'github-actions[bot]' && !state.settings.actionsOpenPulls)
        throw new HttpProblem(403, 'GitHub Actions is not permitted to create or approve pull requests.')
      const branch = head.replace(`${state.owner}:`, '')
      const [tip, onto] = await Promise.all([branch, base].map((name) => state.git.readRef(`refs/heads/${name}`)))
      const refuse = (error: Readonly<Record<string, string>>) =>
        new HttpProblem(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', ...error }] })
      if (!tip || !onto) throw refuse({ field: tip ? 'base' : 'head', code: 'invalid' })
      if (await state.git.isAncestor(tip, onto))
        throw refuse({ code: 'custom', message: `No commits between ${base} and ${branch}` })
      if (state.pulls.some((pull) => pull.state === 'open' && pull.branch === branch && pull.base === base))
        throw refuse({ code: 'custom', message: `A pull request already exists for ${state.owner}:${branch}.` })
      const pull = await openPull({ branch, base, title, body: text }, state)
      trigger('pull_request', `#${pull.number}`, account, state)
      return { status: 201, body: restPull(pull, state) }
    },
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
    permissions: ['pull-requests: write'],
    answer({ params, body }, state) {
      const pull = state.pulls.find(({ number }) => number === Number(params.pull_number))
      if (!pull) throw missing()
      const { title, body: text, state: wanted } = body as PullFields
      if (wanted === 'open' && pull.merged) throw new HttpProblem(422, 'Validation Failed')
      pull.title = title ?? pull.title
      pull.body = text ?? pull.body
      if (wanted === 'closed' && pull.state === 'open') pull.closedAt = now()
      if (wanted === 'open') delete pull.closedAt
      pull.state = wanted ?? pull.state
      return { status: 200, body: restPull(pull, state) }
    },
  },
]

export function restPull(pull: StoredPull, state: State) {
  const owner = pull.fork?.owner ?? state.owner
  const repository = {
    id: state.repositoryId,
    name: state.name,
    full_name: `${state.owner}/${state.name}`,
    private: state.private,
  }
  const source = pull.fork
    ? { ...repository, id: pull.fork.id, full_name: `${owner}/${state.name}`, fork: true }
    : repository
  return {
    id: 1000 + pull.number,
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    labels: pull.labels.map((name) => ({ name })),
    merged: pull.merged !== null,
    merged_at: pull.merged?.at ?? null,
    closed_at: pull.merged?.at ?? pull.closedAt ?? null,
    html_url: `https://github.com/${state.owner}/${state.name}/pull/${pull.number}`,
    merge_commit_sha: pull.merged?.commits[0] ?? pull.mergeCommit,
    user: { login: owner },
    head: {
      label: `${owner}:${pull.branch}`,
      ref: pull.branch,
      sha: pull.headCommit,
      repo: pull.deletedFork ? null : { ...source, owner: { login: owner } },
      user: { login: owner },
    },
    base: {
      label: `${state.owner}:${pull.base}`,
      ref: pull.base,
      sha: pull.baseCommit,
      repo: { ...repository, owner: { login: state.owner } },
      user: { login: state.owner },
    },
  }
}
