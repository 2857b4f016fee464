import { twoProportionTest } from '@mlwright/stats'
import { finite, type JudgedTest } from './judged-test.ts'

interface Side {
  readonly count: number
  readonly missing: number
}

/** Share of rows without a value; 0 where there are no rows. */
export function missingShare({ count, missing }: Side): number {
  return missing / Math.max(1, count + missing)
}

/** Compares the shares of missing values. */
export function compareMissing(reference: Side, current: Side, threshold: number): JudgedTest {
  const rows = [reference.count + reference.missing, current.count + current.missing] as const
  const { statistic, pValue, method } = twoProportionTest(current.missing, rows[1], reference.missing, rows[0])
  return {
    name: 'missing',
    test: { statistic: finite(statistic), p_value: finite(pValue), method },
    effect: {
      name: 'change of the share of missing values',
      value: Math.abs(missingShare(current) - missingShare(reference)),
      threshold,
    },
    decides: reference.missing + current.missing > 0,
  }
}
