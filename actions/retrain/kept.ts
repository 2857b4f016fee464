import type { Config } from '@mlwright/domain'

/** What became of a retraining. */
export interface Kept {
  readonly model: string
  readonly decision: 'proposed' | 'kept' | 'resting' | 'cleared' | 'none'
  /** One sentence; empty where there is nothing to say. */
  readonly message: string
  readonly pull: number | null
}

/** Where the configuration lies, and the commit that a branch is put on. */
export interface Place {
  readonly config: Config
  readonly path: string
  readonly prefix: string
  readonly commit: string
}
