/** Workflows of the repository. */
export interface Workflows {
  /** Starts a workflow file (`deploy.yml`) on a branch, as `workflow_dispatch`. */
  dispatch(workflow: string, branch: string, inputs: Readonly<Record<string, string>>): Promise<void>
}
