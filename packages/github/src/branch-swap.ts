import type { ApiQuestion } from './api-question.ts'
import { type GitHubApi, notFound } from './github-api.ts'

const nothing = '0'.repeat(40)

/** Moves a branch by force, or deletes it, only where it stands at a commit: REST cannot say that, GraphQL's `updateRefs` can. */
export class BranchSwap {
  readonly #api: GitHubApi
  #id: Promise<string> | null = null

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async head(branch: string): Promise<string | null> {
    const question = { doing: `find the branch ${branch}`, permission: 'contents: read' }
    const ref = await this.#api.askUnless(question, notFound, (octokit) =>
      octokit.rest.git.getRef({ ...this.#api.repository, ref: `heads/${branch}` }),
    )
    return ref?.data.object.sha ?? null
  }

  /** False where the branch is not at `before` any more; `after` null deletes it. */
  async swap(question: ApiQuestion, branch: string, before: string, after: string | null): Promise<boolean> {
    const repositoryId = await this.#repository()
    const update = { name: `refs/heads/${branch}`, beforeOid: before, afterOid: after ?? nothing, force: true }
    try {
      await this.#api.ask(question, (octokit) =>
        octokit.graphql('mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }', {
          input: { repositoryId, refUpdates: [update] },
        }),
      )
      return true
    } catch (error) {
      const head = await this.head(branch)
      if (head === before) throw error
      return head === after
    }
  }

  #repository(): Promise<string> {
    const { owner, repo: name } = this.#api.repository
    this.#id ??= this.#api
      .ask({ doing: 'read the id of the repository', permission: 'contents: read' }, (octokit) =>
        octokit.graphql<{ repository: { id: string } }>(
          'query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }',
          { owner, name },
        ),
      )
      .then(({ repository }) => repository.id)
    return this.#id
  }
}
