import { missing } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State, StoredPull } from '../state.ts'

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
    title: `Pull request ${pull.number}`,
    html_url: `https://github.com/${state.owner}/${state.name}/pull/${pull.number}`,
    merge_commit_sha: pull.mergeCommit,
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
