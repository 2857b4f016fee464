/** What a tag says happened, in gto's words. */
export type EventKind = 'deprecation' | 'registration' | 'deregistration' | 'assignment' | 'unassignment'

/** One event of the registry: one annotated tag. */
export interface RegistryEvent {
  /** Tagger time in Unix seconds. */
  readonly at: number
  readonly model: string
  readonly event: EventKind
  /** For an (un)assignment the version that is registered at its commit, else the commit; null for a deprecation. */
  readonly version: string | null
  /** Null unless a stage is assigned or unassigned. */
  readonly stage: string | null
  readonly commit: string
  readonly tag: string
}
