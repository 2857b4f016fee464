import { type Deployment, type DeploymentState, type Deployments, UserError } from '@mlwright/domain'
import { MemoryGitHub } from './memory-github.ts'

/** Deployments in memory. */
export class MemoryDeployments implements Deployments {
  readonly #state: MemoryGitHub

  constructor(state = new MemoryGitHub()) {
    this.#state = state
  }

  async list(environment: string): Promise<Deployment[]> {
    const found = [...this.#state.deployments.values()].filter((other) => other.environment === environment)
    return found.sort((a, b) => b.id - a.id)
  }

  async create(
    deployment: Pick<Deployment, 'environment' | 'commit' | 'description' | 'payload'>,
  ): Promise<Deployment> {
    const { environments, deployments } = this.#state
    const made = { ...deployment, id: this.#state.nextId(), state: null, createdAt: this.#state.seconds() }
    if (!environments.has(made.environment)) environments.set(made.environment, [])
    deployments.set(made.id, made)
    return made
  }

  async status(deployment: number, state: Exclude<DeploymentState, 'waiting'>): Promise<void> {
    const { deployments } = this.#state
    const found = deployments.get(deployment)
    if (!found) throw new UserError('API_FAILED', `There is no deployment ${deployment}.`)
    deployments.set(deployment, { ...found, state })
    if (state !== 'success') return
    for (const other of deployments.values())
      if (other.environment === found.environment && other.state === 'success' && other.id !== deployment)
        deployments.set(other.id, { ...other, state: 'inactive' })
  }

  async rules(environment: string): Promise<string[] | null> {
    const found = this.#state.environments.get(environment)
    return found ? [...found].sort() : null
  }
}
