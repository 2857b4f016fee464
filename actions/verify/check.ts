import type { Verdict } from '@mlwright/domain'

/** One thing that was looked at; `warn` where it could not be told. */
export interface Check {
  /** The thing: `tag`, a file's name, `gates`. */
  readonly check: string
  readonly verdict: Verdict
  /** One sentence. */
  readonly message: string
}

export const holds = (check: string, message: string): Check => ({ check, verdict: 'pass', message })
export const unknown = (check: string, message: string): Check => ({ check, verdict: 'warn', message })
export const broken = (check: string, message: string): Check => ({ check, verdict: 'fail', message })
