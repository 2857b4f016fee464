import type { Batch } from '../batch.ts'

/** What the contract's own SQL may see and use. */
export interface CageRequest {
  /** Absolute paths that may be read; nothing else can be. */
  readonly files: readonly string[]
  /** Statements of ours that run before the door is closed, such as `CREATE VIEW`. */
  readonly prepare: readonly string[]
  /** The user's statement; anything but one SELECT is refused. */
  readonly query: string
  readonly seconds: number
  readonly megabytes: number
}

/** At most the first row's first value, or why there is none. */
export type CageAnswer = { readonly value: number | string | boolean | null } | { readonly refused: string }

/** A SQL engine. Errors of the data are thrown as they come; callers that can explain them do. */
export interface Engine {
  /** Streams the rows of one SELECT in their order. */
  query(sql: string): AsyncIterable<Batch>
  /** Runs a statement that returns nothing: CREATE VIEW, COPY. */
  execute(sql: string): Promise<void>
  /** Runs one untrusted SELECT in a process of its own, without files, network, settings or secrets. */
  caged(request: CageRequest): Promise<CageAnswer>
}
