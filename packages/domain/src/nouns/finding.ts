import { z } from 'zod'

/** A place in a file of the repository; line and column count from 1. */
export const Location = z.object({
  file: z.string(),
  line: z.number().int().positive(),
  column: z.number().int().positive(),
})
export type Location = z.infer<typeof Location>

/** One thing that is wrong, or deserves a look, said in one sentence. */
export const Finding = z.object({
  /** The rule in kebab-case, such as `not-null` or `row-count`. */
  rule: z.string(),
  level: z.enum(['fail', 'warn']),
  /** The data column; null when the finding is about the whole dataset. */
  column: z.string().nullable(),
  message: z.string(),
  /** Where the rule stands; null when nobody wrote it down. */
  location: Location.nullable(),
  /** Offending rows, and their share of all rows from 0 to 1. */
  count: z.number().nullable(),
  share: z.number().nullable(),
  /** Up to five offending rows, numbered from 1 in file order; `value` only where it may be shown. */
  examples: z.array(z.object({ row: z.number(), value: z.string().nullable() })),
})
export type Finding = z.infer<typeof Finding>
