import { addStatus } from '../deploy-job.ts'
import { HttpProblem, missing } from '../http-problem.ts'
import { now } from '../now.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State, StoredDeployment, StoredStatus } from '../state.ts'
import { trigger } from '../trigger.ts'

interface DeploymentFields {
  readonly ref: string
  readonly environment?: string
  readonly description?: string
  readonly payload?: unknown
}

interface StatusFields {
  readonly state: string
  readonly description?: string
  readonly log_url?: string
  readonly auto_inactive?: boolean
}

export const deploymentRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/deployments',
    permissions: ['deployments: read'],
    answer(request, state) {
      const environment = request.query.get('environment')
      const found = state.deployments.filter((other) => environment === null || other.environment === environment)
      return page(request, found.toReversed(), (items) => items.map((item) => restDeployment(item, state)))
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/deployments',
    permissions: ['deployments: write'],
    async answer({ body, account }, state) {
      const { ref, environment = 'production', description = '', payload = {} } = body as DeploymentFields
      const commit = (await state.git.find(`refs/heads/${ref}`, 'commit')) ?? (await state.git.find(ref, 'commit'))
      if (!commit) throw new HttpProblem(422, `No ref found for: ${ref}`)
      short(description)
      if (!state.environments.some(({ name }) => name === environment))
        state.environments.push({ name: environment, rules: [] })
      const made = { environment, commit, ref, description, payload, creator: account.login, statuses: [] }
      const deployment = { ...made, id: state.nextId(), created: now() }
      state.deployments.push(deployment)
      trigger('deployment', environment, account, state)
      return { status: 201, body: restDeployment(deployment, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    permissions: ['deployments: read'],
    answer(request, state) {
      const deployment = existing(state, request.params.deployment_id)
      const newestFirst = deployment.statuses.toReversed()
      return page(request, newestFirst, (items) => items.map((status) => restStatus(status, deployment, state)))
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    permissions: ['deployments: write'],
    answer({ params, body, account }, state) {
      const deployment = existing(state, params.deployment_id)
      const { state: status, description = '', log_url: logUrl = '', auto_inactive } = body as StatusFields
      short(description)
      const fields = { state: status, description, logUrl, creator: account.login }
      const added = addStatus(deployment, fields, state, auto_inactive)
      return { status: 201, body: restStatus(added, deployment, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/environments/{environment_name}',
    permissions: ['actions: read'],
    answer({ params }, state) {
      const environment = state.environments.find(({ name }) => name === params.environment_name)
      if (!environment) throw missing()
      const { name, rules } = environment
      const protection_rules = rules.map((type) => ({ id: state.nextId(), node_id: type, type }))
      return { status: 200, body: { id: 1, name, protection_rules } }
    },
  },
]

/** The limit is not in GitHub's description. */
function short(description: string): void {
  if (description.length <= 140) return
  const errors = [{ message: 'Description is too long (maximum is 140 characters)' }]
  throw new HttpProblem(422, 'Validation Failed', { errors })
}

function existing(state: State, id: string | undefined): StoredDeployment {
  const deployment = state.deployments.find((candidate) => candidate.id === Number(id))
  if (!deployment) throw missing()
  return deployment
}

function restDeployment(deployment: StoredDeployment, { owner, name, url }: State) {
  const { id, commit, ref, environment, description, payload, created, creator } = deployment
  const address = `${url}/repos/${owner}/${name}/deployments/${id}`
  return {
    id,
    sha: commit,
    ref,
    task: 'deploy',
    payload,
    original_environment: environment,
    environment,
    description,
    creator: { login: creator },
    created_at: created,
    updated_at: created,
    url: address,
    statuses_url: `${address}/statuses`,
    repository_url: `${url}/repos/${owner}/${name}`,
  }
}

function restStatus(status: StoredStatus, deployment: StoredDeployment, { owner, name, url }: State) {
  const address = `${url}/repos/${owner}/${name}/deployments/${deployment.id}`
  return {
    id: status.id,
    state: status.state,
    description: status.description,
    log_url: status.logUrl,
    target_url: status.logUrl,
    environment: deployment.environment,
    creator: { login: status.creator },
    created_at: status.created,
    updated_at: status.created,
    url: `${address}/statuses/${status.id}`,
    deployment_url: address,
    repository_url: `${url}/repos/${owner}/${name}`,
  }
}
