import type { NumberProfile } from '@mlwright/domain'
import { twoProportionTest } from '@mlwright/stats'
import { finite, type JudgedTest } from './judged-test.ts'

/**
 * Compares the share of numbers that are none of the reference's few values with the share that no drift would bring:
 * of the values that a sample has once (Good 1953, Biometrika 40, 237–264). Nothing where there are none, or nobody counted.
 */
export function newValues(reference: NumberProfile, current: NumberProfile, threshold: number): JudgedTest[] {
  const [before, now] = [reference.off_edges, current.off_edges]
  if (before === undefined || now === undefined || now === 0) return []
  const rows = ({ counts }: NumberProfile) => counts.reduce((sum, count) => sum + count, 0)
  const [m, n] = [rows(reference), rows(current)]
  const likely = Math.min(m, before + reference.counts.filter((count) => count === 1).length)
  const { statistic, pValue, method } = twoProportionTest(now, n, likely, m)
  const value = Math.max(0, now / n - likely / m)
  return [
    {
      name: 'new_values',
      test: { statistic: finite(statistic), p_value: finite(pValue), method },
      effect: {
        name: 'share of values that the reference does not list, beyond what is to be expected',
        value,
        threshold,
      },
      decides: true,
    },
  ]
}
