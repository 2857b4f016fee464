/** `waiting` is a job that its environment's rules hold back: GitHub alone says so. */
export type DeploymentState =
  | 'waiting'
  | 'queued'
  | 'pending'
  | 'in_progress'
  | 'success'
  | 'failure'
  | 'error'
  | 'inactive'

export interface Deployment {
  readonly id: number
  readonly environment: string
  readonly commit: string
  readonly description: string
  /** Newest status, or null before the first. */
  readonly state: DeploymentState | null
  /** Unix seconds. */
  readonly createdAt: number
  /** What its creator wrote into it: ours is JSON of model, version and stage; null for one that GitHub made for a job. */
  readonly payload: Readonly<Record<string, unknown>> | null
}

/** Deployments to environments, and the rules that guard them. */
export interface Deployments {
  /** Newest first. */
  list(environment: string): Promise<Deployment[]>
  /** Makes the environment where there is none. */
  create(deployment: Pick<Deployment, 'environment' | 'commit' | 'description' | 'payload'>): Promise<Deployment>
  /** Adds a status; `success` makes the environment's older deployments inactive. */
  status(
    deployment: number,
    state: Exclude<DeploymentState, 'waiting'>,
    detail: { readonly description: string; readonly url: string | null },
  ): Promise<void>
  /** Kinds of protection rules (`required_reviewers`, `wait_timer`, `branch_policy`), sorted; null where there is no such environment. */
  rules(environment: string): Promise<string[] | null>
}
