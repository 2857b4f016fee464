import type { Deployment, DeploymentState, Deployments } from '@mlwright/domain'
import { type GitHubApi, notFound } from './github-api.ts'

/** Characters of a description that the API takes. */
const descriptionLimit = 140

const page = `query($owner: String!, $name: String!, $environment: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    deployments(environments: [$environment], first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { databaseId environment commitOid description createdAt payload latestStatus { state } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

interface Node {
  readonly databaseId: number
  readonly environment: string
  readonly commitOid: string
  readonly description: string | null
  readonly createdAt: string
  readonly payload: string | null
  readonly latestStatus: { readonly state: string } | null
}

interface Page {
  readonly repository: {
    readonly deployments: {
      readonly nodes: readonly Node[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    }
  }
}

/** Deployments through the API; listed by GraphQL, since REST wants a request for the state of each. */
export class EnvironmentDeployments implements Deployments {
  readonly #api: GitHubApi

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async list(environment: string): Promise<Deployment[]> {
    const { owner, repo: name } = this.#api.repository
    const found: Deployment[] = []
    let after: string | null = null
    do {
      const question = { doing: `list the deployments of ${environment}`, permission: 'deployments: read' }
      const { repository }: Page = await this.#api.ask(question, (octokit) =>
        octokit.graphql<Page>(page, { owner, name, environment, after }),
      )
      const { nodes, pageInfo } = repository.deployments
      found.push(...nodes.map(deploymentOf))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    return found.sort((a, b) => b.id - a.id)
  }

  async create(
    deployment: Pick<Deployment, 'environment' | 'commit' | 'description' | 'payload'>,
  ): Promise<Deployment> {
    const { environment, commit, description, payload } = deployment
    const answer = await this.#api.ask(
      { doing: `create a deployment to ${environment}`, permission: 'deployments: write' },
      (octokit) =>
        octokit.rest.repos.createDeployment({
          ...this.#api.repository,
          ref: commit,
          environment,
          description: description.slice(0, descriptionLimit),
          ...(payload && { payload: { ...payload } }),
          auto_merge: false,
          required_contexts: [],
        }),
    )
    if (answer.status !== 201) throw new Error(`GitHub made no deployment: ${answer.data.message}`)
    const { id, sha, created_at } = answer.data
    const createdAt = Date.parse(created_at) / 1000
    return { id, environment, commit: sha, description: answer.data.description ?? '', state: null, createdAt, payload }
  }

  async status(
    deployment: number,
    state: Exclude<DeploymentState, 'waiting'>,
    { description, url }: { readonly description: string; readonly url: string | null },
  ): Promise<void> {
    await this.#api.ask(
      { doing: `say that deployment ${deployment} is ${state}`, permission: 'deployments: write' },
      (octokit) =>
        octokit.rest.repos.createDeploymentStatus({
          ...this.#api.repository,
          deployment_id: deployment,
          state,
          description: description.slice(0, descriptionLimit),
          ...(url && { log_url: url }),
        }),
    )
  }

  async rules(environment: string): Promise<string[] | null> {
    const answer = await this.#api.askUnless(
      { doing: `read the rules of the environment ${environment}`, permission: 'actions: read' },
      notFound,
      (octokit) => octokit.rest.repos.getEnvironment({ ...this.#api.repository, environment_name: environment }),
    )
    return answer && (answer.data.protection_rules ?? []).map(({ type }) => type).sort()
  }
}

function deploymentOf({ databaseId, environment, commitOid, description, createdAt, payload, latestStatus }: Node) {
  return {
    id: databaseId,
    environment,
    commit: commitOid,
    description: description ?? '',
    state: latestStatus && (latestStatus.state.toLowerCase() as DeploymentState),
    createdAt: Date.parse(createdAt) / 1000,
    payload: payloadOf(payload),
  }
}

/** A payload is JSON, or JSON within a JSON string; one without anything in it is GitHub's own. */
function payloadOf(text: unknown): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : text
    if (typeof value === 'string') return payloadOf(value)
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? { ...value } : null
  } catch {
    return null
  }
}
