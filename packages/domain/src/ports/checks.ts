import type { Annotation } from './runner.ts'

export interface Check {
  readonly name: string
  readonly commit: string
  readonly conclusion: 'success' | 'failure' | 'neutral'
  readonly title: string
  readonly summary: string
  readonly annotations: readonly Annotation[]
}

/** Check runs. */
export interface Checks {
  /** Completes the check run of this name on the commit, creating it when there is none of ours; annotations go in batches of 50. Returns its URL. */
  publish(check: Check): Promise<string>
}
