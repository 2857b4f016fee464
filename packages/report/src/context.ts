import { code } from './code.ts'
import type { ReportInput } from './report-input.ts'

/** Why the change columns are missing, in a few words. */
export const notCompared = (hasBaseline: boolean, context: Context): string =>
  hasBaseline
    ? `the model could not be compared with that of ${context.base}`
    : `there is no model on ${context.base} to compare with`

/** What every section needs to know about where it stands. */
export interface Context {
  /** What is compared with, as inline Markdown: `main`. */
  readonly base: string
  /** The candidate in a table's head: `this PR`. */
  readonly here: string
  /** Address of the repository and the commit that links point at. */
  readonly repository: string | null
  readonly commit: string | null
  /** The tested commit, and the files that are not the same in it as in `commit`. */
  readonly tested: string | null
  readonly differing: readonly string[]
  readonly prefix: string
  readonly fork: boolean
}

export function contextOf(input: ReportInput): Context {
  return {
    base: /^[a-z]{1,20}$/.test(input.base) ? input.base : code(input.base, 40),
    here: input.pullRequest === null ? 'this run' : 'this PR',
    repository: input.repository?.url ?? null,
    commit: input.headCommit ?? input.commit,
    tested: input.commit,
    differing: input.differing,
    prefix: input.prefix,
    fork: input.fork,
  }
}

/** The context of an action's own summary, which is compared with nothing. */
export const alone: Context = {
  base: 'the baseline',
  here: 'this run',
  repository: null,
  commit: null,
  tested: null,
  differing: [],
  prefix: '',
  fork: false,
}
