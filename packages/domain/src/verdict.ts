import { z } from 'zod'

/** The judgement of one thing: everything holds, something deserves a look, or it must not go on. */
export const Verdict = z.enum(['pass', 'warn', 'fail'])
export type Verdict = z.infer<typeof Verdict>

const order: readonly Verdict[] = ['pass', 'warn', 'fail']

/** The worst of some verdicts; `pass` for none. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let result: Verdict = 'pass'
  for (const verdict of verdicts) if (order.indexOf(verdict) > order.indexOf(result)) result = verdict
  return result
}
