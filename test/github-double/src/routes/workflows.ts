import { parse } from 'yaml'
import { HttpProblem, missing } from '../http-problem.ts'
import type { Route } from '../route.ts'
import type { State } from '../state.ts'
import { trigger } from '../trigger.ts'

export const workflowRoutes: readonly Route[] = [
  {
    operation: 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    permissions: ['actions: write'],
    async answer({ params, body, account }, state) {
      const { ref, inputs = {} } = body as { ref: string; inputs?: Readonly<Record<string, unknown>> }
      const workflow = params.workflow_id!
      if (!(await fileAt(state.defaultBranch, workflow, state))) throw missing()
      if (!(await state.git.find(ref, 'commit'))) throw new HttpProblem(422, `No ref found for: ${ref}`)
      const accepted = acceptedInputs((await fileAt(ref, workflow, state)) ?? '')
      if (!accepted) throw new HttpProblem(422, "Workflow does not have 'workflow_dispatch' trigger")
      const stray = Object.keys(inputs).filter((name) => !accepted.includes(name))
      if (stray.length > 0) throw new HttpProblem(422, `Unexpected inputs provided: ${JSON.stringify(stray)}`)
      state.dispatches.push({ workflow, ref, inputs, actor: account.login })
      trigger('workflow_dispatch', workflow, account, state)
      return { status: 204 }
    },
  },
]

async function fileAt(ref: string, workflow: string, { git }: State): Promise<string | null> {
  const found = await git.attempt(['cat-file', 'blob', `${ref}:.github/workflows/${workflow}`])
  return found.code === 0 ? found.stdout.toString() : null
}

/** Names of the inputs of `workflow_dispatch`, or null where that is no trigger of the workflow. */
function acceptedInputs(text: string): string[] | null {
  const { on } = (parse(text) ?? {}) as { on?: unknown }
  if (typeof on === 'string') return on === 'workflow_dispatch' ? [] : null
  if (Array.isArray(on)) return on.includes('workflow_dispatch') ? [] : null
  if (typeof on !== 'object' || on === null || !('workflow_dispatch' in on)) return null
  const { inputs } = (on.workflow_dispatch ?? {}) as { inputs?: Record<string, unknown> }
  return Object.keys(inputs ?? {})
}
