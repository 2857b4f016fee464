import type { Workflows } from '@mlwright/domain'
import { MemoryGitHub } from './memory-github.ts'

/** Collects what would have been started. */
export class MemoryWorkflows implements Workflows {
  readonly #state: MemoryGitHub

  constructor(state = new MemoryGitHub()) {
    this.#state = state
  }

  async dispatch(workflow: string, branch: string, inputs: Readonly<Record<string, string>>): Promise<void> {
    this.#state.dispatches.push({ workflow, branch, inputs: { ...inputs } })
  }
}
