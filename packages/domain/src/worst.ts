import type { Verdict } from './verdict.ts'

const order: readonly Verdict[] = ['pass', 'warn', 'fail']

/** The worst of some verdicts; `pass` for none. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let result: Verdict = 'pass'
  for (const verdict of verdicts) if (order.indexOf(verdict) > order.indexOf(result)) result = verdict
  return result
}
