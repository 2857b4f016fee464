import { z } from 'zod'

/** The judgement of one thing: everything holds, something deserves a look, or it must not go on. */
export const Verdict = z.enum(['pass', 'warn', 'fail'])
export type Verdict = z.infer<typeof Verdict>
