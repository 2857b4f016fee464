import type { Comparison, Evaluation, Project, Run } from '@mlwright/domain'
import type { ModelSignature } from './model-signature.ts'

/**
 * All that a release's files say. It holds what training and judging left, never the moment or the run that registers,
 * so a rerun writes the same bytes.
 */
export interface ReleaseFacts {
  /** `v1.4.0`, and the tag that registers it: `churn@v1.4.0`. */
  readonly version: string
  readonly tag: string
  /** The commit that the tag names. */
  readonly commit: string
  /** `https://github.com/acme/telco`; null where the repository has no address. */
  readonly repository: string | null
  readonly project: Pick<Project, 'name' | 'objective' | 'owners' | 'requirements'>
  readonly run: Run
  readonly evaluation: Evaluation
  /** What the run was compared with; null where there was nothing. */
  readonly comparison: Comparison | null
  /** Version of the comparison's baseline; null where it is none. */
  readonly champion: string | null
  readonly bump: { readonly level: 'major' | 'minor' | 'patch'; readonly reasons: readonly string[] }
  /** Text of the dataset's contract as the commit has it; null where there is none. */
  readonly contract: string | null
  /** Text of the profile of the data that the model was trained from, for monitoring; null where there is none. */
  readonly profile: string | null
  /** What the model file takes and answers; null where only the file knows. */
  readonly signature: ModelSignature | null
}
