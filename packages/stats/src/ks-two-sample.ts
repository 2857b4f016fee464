import { kolmogorovSurvival } from './kolmogorov-survival.ts'
import { ksExact } from './ks-exact.ts'
import { stepDistances } from './step-distances.ts'
import type { Tally } from './tally.ts'
import type { TestResult } from './test-result.ts'

/** Up to this size of both samples the exact distribution is cheap; scipy draws the same line. */
const exactRows = 10_000

/** How likely a Kolmogorov–Smirnov statistic at least this large is between samples of these sizes. */
export function ksPValue(statistic: number, m: number, n: number, method: 'auto' | 'exact' | 'asymptotic' = 'auto') {
  if (Number.isNaN(statistic)) return { pValue: Number.NaN, method: 'exact' } as const
  if (method === 'exact' || (method === 'auto' && Math.max(m, n) <= exactRows))
    return { pValue: ksExact(statistic, m, n), method: 'exact' } as const
  return { pValue: kolmogorovSurvival(Math.round((m * n) / (m + n)), statistic), method: 'asymptotic' } as const
}

/** Two-sided two-sample Kolmogorov–Smirnov test; conservative where values are tied. scipy: ks_2samp. */
export function ksTwoSample(a: Tally, b: Tally, method: 'auto' | 'exact' | 'asymptotic' = 'auto'): TestResult {
  const statistic = stepDistances(a, b).largest
  return { statistic, ...ksPValue(statistic, a.total, b.total, method) }
}
