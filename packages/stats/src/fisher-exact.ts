import { logGamma } from './log-gamma.ts'

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

export type Alternative = 'two-sided' | 'less'

/**
 * Fisher's exact test of [[a, b], [c, d]], two-sided: the probability of all tables with these margins that are no
 * likelier than this one; `less` is one-sided: of all with at most `a` in the first cell. scipy: fisher_exact.
 */
export function fisherExact(
  a: number,
  b: number,
  c: number,
  d: number,
  alternative: Alternative = 'two-sided',
): number {
  const first = a + b
  const column = a + c
  const total = first + c + d
  const all = logChoose(total, column)
  const log = (k: number) => logChoose(first, k) + logChoose(total - first, column - k) - all
  // The tolerance keeps tables that are as likely but for rounding; scipy's is 1e-14 relative.
  const limit = log(a) + 1e-11
  let probability = 0
  for (let k = Math.max(0, column - (c + d)); k <= Math.min(first, column); k++) {
    const each = log(k)
    if (alternative === 'less' ? k <= a : each <= limit) probability += Math.exp(each)
  }
  return Math.min(1, probability)
}
