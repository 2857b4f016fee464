import type { Workflows } from '@mlwright/domain'
import type { ApiRefusal } from './api-refusal.ts'
import type { GitHubApi } from './github-api.ts'

/** Workflows of the repository through the REST API. */
export class WorkflowFiles implements Workflows {
  readonly #api: GitHubApi

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async dispatch(workflow: string, branch: string, inputs: Readonly<Record<string, string>>): Promise<void> {
    const file = `.github/workflows/${workflow}`
    const explain = ({ status, message }: ApiRefusal) => {
      if (status === 404)
        return `There is no workflow ${file} on the default branch; add it, with \`workflow_dispatch\` among its triggers, or correct its name.`
      if (status !== 422) return null
      return `GitHub does not start ${file} on ${branch} (422: ${message}); check that the file is on that branch and that its \`workflow_dispatch\` takes ${inputNames(inputs)}.`
    }
    await this.#api.ask({ doing: `start the workflow ${file}`, permission: 'actions: write', explain }, (octokit) =>
      octokit.rest.actions.createWorkflowDispatch({
        ...this.#api.repository,
        workflow_id: workflow,
        ref: branch,
        inputs: { ...inputs },
      }),
    )
  }
}

function inputNames(inputs: Readonly<Record<string, string>>): string {
  const names = Object.keys(inputs)
  return names.length === 0 ? 'no inputs' : `the inputs ${names.map((name) => `\`${name}\``).join(', ')}`
}
