import type { PullRequest, Pulls } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import { type GitHubApi, notFound } from './github-api.ts'

const question = (doing: string): ApiQuestion => ({ doing, permission: 'pull-requests: read' })

/** Pull requests through the REST API. */
export class PullRequests implements Pulls {
  readonly #api: GitHubApi

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async get(number: number): Promise<PullRequest | null> {
    const answer = await this.#api.askUnless(question(`read pull request #${number}`), notFound, (octokit) =>
      octokit.rest.pulls.get({ ...this.#api.repository, pull_number: number }),
    )
    return answer && pullRequestOf(answer.data)
  }

  async from(owner: string, branch: string): Promise<PullRequest[]> {
    const head = `${owner}:${branch}`
    const found = await this.#api.ask(question(`list the open pull requests from ${head}`), (octokit) =>
      octokit.paginate(octokit.rest.pulls.list, { ...this.#api.repository, state: 'open', head, per_page: 100 }),
    )
    return found.map(pullRequestOf)
  }

  async containing(commit: string): Promise<PullRequest[]> {
    const found = await this.#api.askUnless(
      question(`list the pull requests of commit ${commit.slice(0, 8)}`),
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
}

interface RestPullRequest {
  readonly number: number
  readonly state: string
  readonly head: { readonly sha: string; readonly ref: string; readonly repo: { readonly id: number } | null }
  readonly base: { readonly sha: string; readonly ref: string; readonly repo: { readonly id: number } }
}

function pullRequestOf({ number, state, head, base }: RestPullRequest): PullRequest {
  const repository = head.repo?.id ?? null
  return {
    number,
    head: { commit: head.sha, branch: head.ref, repository, fork: repository !== base.repo.id },
    base: { commit: base.sha, branch: base.ref },
    open: state === 'open',
  }
}
