import type { NumberProfile } from '@mlwright/domain'
import { twoProportionTest } from '@mlwright/stats'
import { finite, type JudgedTest } from './judged-test.ts'

/** Compares the shares of numbers that are none of the reference's few values; nothing where there are none, or nobody counted. */
export function newValues(reference: NumberProfile, current: NumberProfile, threshold: number): JudgedTest[] {
  const [before, now] = [reference.off_edges, current.off_edges]
  if (before === undefined || now === undefined || before + now === 0) return []
  const rows = ({ counts }: NumberProfile) => counts.reduce((sum, count) => sum + count, 0)
  const [m, n] = [rows(reference), rows(current)]
  const { statistic, pValue, method } = twoProportionTest(now, n, before, m)
  const value = Math.abs(now / n - before / m)
  return [
    {
      name: 'new_values',
      test: { statistic: finite(statistic), p_value: finite(pValue), method },
      effect: { name: 'change of the share of values that the reference does not list', value, threshold },
      decides: true,
    },
  ]
}
