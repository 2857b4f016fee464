import type { ApiRefusal } from './api-refusal.ts'

/** What is asked of the API, in words that fit "GitHub answered 500 when asked to …", and what the token needs for it. */
export interface ApiQuestion {
  readonly doing: string
  /** As in a workflow's `permissions:`, such as `pull-requests: write`. */
  readonly permission: string
  /** The sentence for a refusal that deserves one of its own. */
  readonly explain?: (refusal: ApiRefusal) => string | null
}
