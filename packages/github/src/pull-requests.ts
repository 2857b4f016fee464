import type { PullRequest, Pulls } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import { type GitHubApi, notFound } from './github-api.ts'

const reading = (doing: string): ApiQuestion => ({ doing, permission: 'pull-requests: read' })
const writing = (doing: string): ApiQuestion => ({ doing, permission: 'pull-requests: write' })

/** Pull requests through the REST API. */
export class PullRequests implements Pulls {
  readonly #api: GitHubApi

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async get(number: number): Promise<PullRequest | null> {
    const answer = await this.#api.askUnless(reading(`read pull request #${number}`), notFound, (octokit) =>
      octokit.rest.pulls.get({ ...this.#api.repository, pull_number: number }),
    )
    return answer && pullRequestOf(answer.data)
  }

  async from(owner: string, branch: string): Promise<PullRequest[]> {
    const head = `${owner}:${branch}`
    const found = await this.#api.ask(reading(`list the open pull requests from ${head}`), (octokit) =>
      octokit.paginate(octokit.rest.pulls.list, { ...this.#api.repository, state: 'open', head, per_page: 100 }),
    )
    return found.map(pullRequestOf)
  }

  async containing(commit: string): Promise<PullRequest[]> {
    const found = await this.#api.askUnless(
      reading(`list the pull requests of commit ${commit.slice(0, 8)}`),
      ({ status }) => status === 404 || status === 422,
      (octokit) =>
        octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
          ...this.#api.repository,
          commit_sha: commit,
          per_page: 100,
        }),
    )
    return (found ?? []).map(pullRequestOf)
  }

  async open(pull: Parameters<Pulls['open']>[0]): Promise<PullRequest | null> {
    const there = await this.#opened(pull)
    if (there) return there
    const { branch, base, title, body } = pull
    let forbidden = false
    const answer = await this.#api.askUnless(
      writing(`open a pull request from ${branch}`),
      ({ status, message }) => {
        forbidden = status === 403 && /not permitted to create/i.test(message)
        return forbidden || (status === 422 && /already exists/i.test(message))
      },
      (octokit) => octokit.rest.pulls.create({ ...this.#api.repository, head: branch, base, title, body }),
    )
    if (answer) return pullRequestOf(answer.data)
    return forbidden ? null : this.#opened(pull)
  }

  async edit(number: number, change: Parameters<Pulls['edit']>[1]): Promise<PullRequest | null> {
    const answer = await this.#api.askUnless(writing(`edit pull request #${number}`), notFound, (octokit) =>
      octokit.rest.pulls.update({ ...this.#api.repository, pull_number: number, ...change }),
    )
    return answer && pullRequestOf(answer.data)
  }

  async #opened({ branch, base }: { readonly branch: string; readonly base: string }): Promise<PullRequest | null> {
    const found = await this.from(this.#api.repository.owner, branch)
    return found.find((pull) => pull.base.branch === base) ?? null
  }
}

interface RestPullRequest {
  readonly number: number
  readonly title: string
  readonly body: string | null
  readonly labels: readonly { readonly name: string }[]
  readonly state: string
  readonly merged_at: string | null
  readonly closed_at: string | null
  readonly merge_commit_sha: string | null
  readonly head: { readonly sha: string; readonly ref: string; readonly repo: { readonly id: number } | null }
  readonly base: { readonly sha: string; readonly ref: string; readonly repo: { readonly id: number } }
}

/** Of an open pull request `merge_commit_sha` is the trial merge. */
function pullRequestOf(pull: RestPullRequest): PullRequest {
  const { number, title, body, labels, state, merged_at, closed_at, merge_commit_sha, head, base } = pull
  const repository = head.repo?.id ?? null
  return {
    number,
    title,
    body: body ?? '',
    labels: labels.map(({ name }) => name),
    head: { commit: head.sha, branch: head.ref, repository, fork: repository !== base.repo.id },
    base: { commit: base.sha, branch: base.ref },
    open: state === 'open',
    ...(closed_at && { closedAt: closed_at }),
    mergeCommit: merged_at ? merge_commit_sha : null,
  }
}
