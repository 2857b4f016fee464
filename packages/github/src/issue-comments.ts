import type { Comment, Comments } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import { type GitHubApi, notFound } from './github-api.ts'
import { viewerLogin } from './viewer-login.ts'

const markerLine = /^<!--.*-->(?=\s)/

function question(doing: string, access: 'read' | 'write'): ApiQuestion {
  return { doing, permission: `pull-requests: ${access}` }
}

/**
 * Comments on pull requests, ours being those of the account that the token belongs to.
 * A body starts with its marker, an HTML comment on a line of its own.
 */
export class IssueComments implements Comments {
  readonly #api: GitHubApi
  #login: Promise<string> | null = null

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async find(pullRequest: number, marker: string): Promise<Comment[]> {
    const login = await this.#viewer()
    const all = await this.#api.ask(question(`list the comments of pull request #${pullRequest}`, 'read'), (octokit) =>
      octokit.paginate(octokit.rest.issues.listComments, {
        ...this.#api.repository,
        issue_number: pullRequest,
        per_page: 100,
      }),
    )
    return all
      .filter((comment) => comment.user?.login === login && comment.body?.includes(marker))
      .sort((a, b) => a.id - b.id)
      .map(commentOf)
  }

  /** After creating it lists again: where two runs did so at once, both keep the oldest comment and remove the others. */
  async create(pullRequest: number, body: string): Promise<Comment> {
    const created = await this.#api.ask(question(`comment on pull request #${pullRequest}`, 'write'), (octokit) =>
      octokit.rest.issues.createComment({ ...this.#api.repository, issue_number: pullRequest, body }),
    )
    const marker = markerLine.exec(body)?.[0]
    const [oldest, ...others] = marker ? await this.find(pullRequest, marker) : []
    for (const other of others) await this.remove(other.id)
    if (!oldest || oldest.id === created.data.id) return commentOf(created.data)
    return (await this.update(oldest.id, body)) ?? this.create(pullRequest, body)
  }

  async update(id: number, body: string): Promise<Comment | null> {
    const updated = await this.#api.askUnless(question('edit its comment', 'write'), notFound, (octokit) =>
      octokit.rest.issues.updateComment({ ...this.#api.repository, comment_id: id, body }),
    )
    return updated && commentOf(updated.data)
  }

  async remove(id: number): Promise<void> {
    await this.#api.askUnless(question('remove its comment', 'write'), notFound, (octokit) =>
      octokit.rest.issues.deleteComment({ ...this.#api.repository, comment_id: id }),
    )
  }

  #viewer(): Promise<string> {
    this.#login ??= viewerLogin(this.#api, 'pull-requests: read')
    return this.#login
  }
}

function commentOf(comment: { id: number; body?: string | undefined; html_url: string }): Comment {
  return { id: comment.id, body: comment.body ?? '', url: comment.html_url }
}
