import { HttpProblem, missing } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State, StoredComment } from '../state.ts'

const write = ['pull-requests: write', 'issues: write']
const read = ['pull-requests: read', 'issues: read']

export const commentRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    permissions: read,
    answer(request, state) {
      const issue = issueNumber(state, request.params.issue_number)
      const comments = state.comments.filter((comment) => comment.issue === issue)
      return page(request, comments, (items) => items.map((comment) => restComment(comment, state)))
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    permissions: write,
    answer({ params, body, account }, state) {
      const issue = issueNumber(state, params.issue_number)
      const now = new Date().toISOString()
      const text = textOf(body)
      const comment = { id: state.nextId(), issue, author: account.login, body: text, created: now, updated: now }
      state.comments.push(comment)
      return { status: 201, body: restComment(comment, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
    permissions: read,
    answer: ({ params }, state) => ({ status: 200, body: restComment(existing(state, params.comment_id), state) }),
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    permissions: write,
    answer({ params, body }, state) {
      const comment = existing(state, params.comment_id)
      comment.body = textOf(body)
      comment.updated = new Date().toISOString()
      return { status: 200, body: restComment(comment, state) }
    },
  },
  {
    operation: 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
    permissions: write,
    answer({ params }, state) {
      state.comments.splice(state.comments.indexOf(existing(state, params.comment_id)), 1)
      return { status: 204 }
    },
  },
]

function issueNumber({ pulls, issues }: State, text: string | undefined): number {
  const found = [...pulls, ...issues].find(({ number }) => number === Number(text))
  if (!found) throw missing()
  return found.number
}

function existing(state: State, id: string | undefined): StoredComment {
  const comment = state.comments.find((candidate) => candidate.id === Number(id))
  if (!comment) throw missing()
  return comment
}

/** The limit is not in GitHub's description. */
function textOf(body: unknown): string {
  const { body: text } = body as { body: string }
  const errors = [{ message: 'Body is too long (maximum is 65536 characters)' }]
  if (text.length > 65_536) throw new HttpProblem(422, 'Validation Failed', { errors })
  if (text.trim() === '')
    throw new HttpProblem(422, 'Validation Failed', { errors: [{ message: "Body can't be blank" }] })
  return text
}

function restComment(comment: StoredComment, { owner, name, url }: State) {
  return {
    id: comment.id,
    body: comment.body,
    user: { login: comment.author, type: comment.author.endsWith('[bot]') ? 'Bot' : 'User' },
    created_at: comment.created,
    updated_at: comment.updated,
    url: `${url}/repos/${owner}/${name}/issues/comments/${comment.id}`,
    html_url: `https://github.com/${owner}/${name}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${url}/repos/${owner}/${name}/issues/${comment.issue}`,
    author_association: 'NONE',
  }
}
