import { now } from './now.ts'
import type { State, StoredDeployment } from './state.ts'

export interface DeployJob {
  readonly environment: string
  /** The default branch unless told. */
  readonly branch?: string
}

const bot = 'github-actions[bot]'

export async function deployJob({ environment, branch }: DeployJob, state: State): Promise<StoredDeployment> {
  const ref = branch ?? state.defaultBranch
  const commit = (await state.git.readRef(`refs/heads/${ref}`)) ?? ''
  const known = state.environments.find(({ name }) => name === environment)
  if (!known) state.environments.push({ name: environment, rules: [] })
  const made = { environment, commit, ref, description: '', payload: {}, creator: bot, statuses: [] }
  const deployment = { ...made, id: state.nextId(), created: now() }
  state.deployments.push(deployment)
  deploymentStatus(deployment.id, known?.rules.length ? 'waiting' : 'in_progress', state)
  return deployment
}

export function deploymentStatus(id: number, status: string, state: State): void {
  const deployment = state.deployments.find((candidate) => candidate.id === id)
  if (!deployment) throw new Error(`There is no deployment ${id}`)
  addStatus(deployment, { state: status, description: '', logUrl: '', creator: bot }, state)
}

/** A success makes the environment's older successes inactive. */
export function addStatus(
  deployment: StoredDeployment,
  status: { readonly state: string; readonly description: string; readonly logUrl: string; readonly creator: string },
  state: State,
  autoInactive = true,
) {
  const added = { ...status, id: state.nextId(), created: now() }
  deployment.statuses.push(added)
  const older = state.deployments.filter(
    (other) =>
      other !== deployment &&
      other.environment === deployment.environment &&
      other.statuses.at(-1)?.state === 'success',
  )
  if (status.state === 'success' && autoInactive)
    for (const other of older) other.statuses.push({ ...added, id: state.nextId(), state: 'inactive' })
  return added
}
