import type { Annotation, Verdict } from '@mlwright/domain'

/** What an action found out. */
export interface Outcome<Outputs extends object = Readonly<Record<string, string>>> {
  readonly verdict: Verdict
  /** The verdict in one sentence. */
  readonly message?: string
  /** Markdown for the job summary; empty for none. */
  readonly summary: string
  /** What `--json` prints. */
  readonly noun: unknown
  readonly annotations?: readonly Annotation[]
  readonly outputs: Outputs
}
