import { HttpProblem } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import { restPull } from './pulls.ts'

export const commitRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}',
    permissions: ['contents: read'],
    async answer({ params, accept }, { git, owner, name, url }) {
      const ref = params.ref!
      const candidates = [
        `refs/heads/${ref}`,
        `refs/tags/${ref}`,
        `refs/${ref}`,
        ...(/^[0-9a-f]{7,40}$/.test(ref) ? [ref] : []),
      ]
      const found = await Promise.all(candidates.map((candidate) => git.find(candidate, 'commit')))
      const sha = found.find((commit) => commit !== null)
      if (!sha) throw new HttpProblem(422, `No commit found for SHA: ${ref}`)
      if (accept.includes('sha'))
        return { status: 200, text: sha, headers: { 'content-type': 'application/vnd.github.sha; charset=utf-8' } }
      const [tree, parents = '', message] = (await git.run(['show', '-s', '--format=%T%x00%P%x00%B', sha])).split('\0')
      const address = `${url}/repos/${owner}/${name}/commits/${sha}`
      return {
        status: 200,
        body: {
          sha,
          url: address,
          commit: { message, url: address, tree: { sha: tree, url: address } },
          parents: parents
            .split(' ')
            .filter(Boolean)
            .map((parent) => ({ sha: parent, url: address })),
        },
      }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    permissions: ['pull-requests: read'],
    async answer(request, state) {
      const commit = await state.git.find(request.params.commit_sha!, 'commit')
      if (!commit) throw new HttpProblem(422, `No commit found for SHA: ${request.params.commit_sha}`)
      const containing = []
      for (const pull of state.pulls) {
        const inBase = await state.git.isAncestor(commit, pull.baseCommit)
        if (pull.merged?.commits.includes(commit)) containing.push(pull)
        else if (!inBase && (await state.git.isAncestor(commit, pull.headCommit))) containing.push(pull)
      }
      return page(request, containing, (items) => items.map((pull) => restPull(pull, state)))
    },
  },
]
