import { HttpProblem, missing } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State, StoredIssue } from '../state.ts'
import { restPull } from './pulls.ts'

interface IssueFields {
  readonly title?: string
  readonly body?: string
  readonly state?: 'open' | 'closed'
}

export const issueRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/issues',
    permissions: ['issues: read', 'pull-requests: read'],
    /** Pull requests are listed too, the newest first. */
    answer(request, state) {
      const wanted = request.query.get('state') ?? 'open'
      const both = [
        ...state.issues.map((issue) => restIssue(issue, state)),
        ...state.pulls.map((pull) => {
          const { number, state: open, title, body, html_url, user } = restPull(pull, state)
          return { number, state: open, title, body, html_url, user, pull_request: { html_url } }
        }),
      ]
      const found = both.filter((issue) => wanted === 'all' || issue.state === wanted)
      return page(
        request,
        found.sort((a, b) => b.number - a.number),
      )
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/issues',
    permissions: ['issues: write'],
    answer({ body, account }, state) {
      const { title = '', body: text = '' } = checked(body)
      const number = state.pulls.length + state.issues.length + 1
      const issue: StoredIssue = { number, author: account.login, title, body: text, state: 'open' }
      state.issues.push(issue)
      return { status: 201, body: restIssue(issue, state) }
    },
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
    permissions: ['issues: write'],
    answer({ params, body }, state) {
      const issue = state.issues.find(({ number }) => number === Number(params.issue_number))
      if (!issue) throw missing()
      const { title, body: text, state: wanted } = checked(body)
      issue.title = title ?? issue.title
      issue.body = text ?? issue.body
      issue.state = wanted ?? issue.state
      return { status: 200, body: restIssue(issue, state) }
    },
  },
]

/** The limit is not in GitHub's description. */
function checked(body: unknown): IssueFields {
  const fields = body as IssueFields
  if ((fields.body ?? '').length <= 65_536) return fields
  const errors = [{ message: 'body is too long (maximum is 65536 characters)' }]
  throw new HttpProblem(422, 'Validation Failed', { errors })
}

function restIssue(issue: StoredIssue, { owner, name, url }: State) {
  const { number, title, body, state, author } = issue
  return {
    id: 2000 + number,
    number,
    title,
    body,
    state,
    labels: [],
    user: { login: author, type: author.endsWith('[bot]') ? 'Bot' : 'User' },
    url: `${url}/repos/${owner}/${name}/issues/${number}`,
    html_url: `https://github.com/${owner}/${name}/issues/${number}`,
  }
}
