import type { Issue, Issues } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import type { ApiRefusal } from './api-refusal.ts'
import type { GitHubApi } from './github-api.ts'
import { viewerLogin } from './viewer-login.ts'

const markerLine = /^<!--.*-->(?=\s)/

const reading = (doing: string): ApiQuestion => ({ doing, permission: 'issues: read' })
const writing = (doing: string): ApiQuestion => ({ doing, permission: 'issues: write' })

/** 410 is said of an issue that was deleted, and where issues are turned off. */
const gone = ({ status, message }: ApiRefusal) => status === 404 || (status === 410 && /deleted/i.test(message))

/** Issues through the REST API, which lists pull requests among them; ours are those of the account that the token belongs to. */
export class RepositoryIssues implements Issues {
  readonly #api: GitHubApi
  #login: Promise<string> | null = null

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async find(marker: string): Promise<Issue[]> {
    this.#login ??= viewerLogin(this.#api, 'issues: read')
    const login = await this.#login
    const all = await this.#api.ask(reading('list the issues'), (octokit) =>
      octokit.paginate(octokit.rest.issues.listForRepo, { ...this.#api.repository, state: 'all', per_page: 100 }),
    )
    return all
      .filter((issue) => !issue.pull_request && issue.user?.login === login && issue.body?.includes(marker))
      .sort((a, b) => a.number - b.number)
      .map(issueOf)
  }

  /** After opening it lists again: where two runs did so at once, both keep the oldest issue and close the others. */
  async create(issue: Pick<Issue, 'title' | 'body'>): Promise<Issue> {
    const created = await this.#api.ask(writing('open an issue'), (octokit) =>
      octokit.rest.issues.create({ ...this.#api.repository, ...issue }),
    )
    const made = issueOf(created.data)
    const marker = markerLine.exec(issue.body)?.[0]
    const [oldest = made, ...others] = marker ? await this.find(marker) : []
    for (const other of others)
      if (other.open) await this.update(other.number, { body: `Opened twice; see #${oldest.number}.`, state: 'closed' })
    if (oldest.number === made.number) return made
    return (await this.update(oldest.number, { ...issue, state: 'open' })) ?? this.create(issue)
  }

  async update(number: number, change: Parameters<Issues['update']>[1]): Promise<Issue | null> {
    const updated = await this.#api.askUnless(writing(`edit issue #${number}`), gone, (octokit) =>
      octokit.rest.issues.update({ ...this.#api.repository, issue_number: number, ...change }),
    )
    return updated && issueOf(updated.data)
  }

  async comment(number: number, body: string): Promise<void> {
    await this.#api.askUnless(writing(`comment on issue #${number}`), gone, (octokit) =>
      octokit.rest.issues.createComment({ ...this.#api.repository, issue_number: number, body }),
    )
  }
}

interface RestIssue {
  readonly number: number
  readonly title: string
  readonly body?: string | null | undefined
  readonly state: string
  readonly html_url: string
}

const issueOf = ({ number, title, body, state, html_url }: RestIssue): Issue => ({
  number,
  title,
  body: body ?? '',
  open: state === 'open',
  url: html_url,
})
