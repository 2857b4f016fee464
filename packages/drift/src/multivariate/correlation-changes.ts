import { normalSurvival } from '@mlwright/stats'
import type { JointMoments } from './joint-moments.ts'

/** Fewer rows than this per kurtosis of a product, and its mean is not yet normal in the tails that a budget looks at. */
const rowsPerKurtosis = 20

export interface PairChange {
  readonly columns: readonly [string, string]
  /** Rank correlations; NaN where a side has only one value. */
  readonly reference: number
  readonly current: number
  readonly statistic: number
  readonly pValue: number
}

function correlation(moments: JointMoments, i: number, k: number): number {
  return moments.covariance(i, k) / Math.sqrt(moments.covariance(i, i) * moments.covariance(k, k))
}

/**
 * Tests for each pair of columns whether the covariance of their scores is the same in both tables: the two-sample z-test
 * of the mean product, with the variance of the products themselves, so that it holds for any joint distribution. Pairs
 * with too few rows for that are left out.
 */
export function correlationChanges(before: JointMoments, now: JointMoments): readonly PairChange[] {
  const [m, n] = [before.rows, now.rows]
  const changes: PairChange[] = []
  const pooled = (of: (moments: JointMoments) => number) => (m * of(before) + n * of(now)) / (m + n)
  const fourth = before.names.map((_, i) => pooled((moments) => moments.square(i, i)))
  const own = before.names.map((_, i) => fourth[i]! / pooled((moments) => moments.product(i, i)) ** 2)
  for (const [i, first] of before.names.entries())
    for (let k = i + 1; k < before.names.length; k++) {
      const variance = pooled((moments) => moments.square(i, k) - moments.product(i, k) ** 2)
      // Of columns that do not depend on each other the product's kurtosis, else at least theirs.
      const kurtosis = Math.max((fourth[i]! * fourth[k]!) / variance ** 2, own[i]!, own[k]!)
      if (!(Math.min(m, n) >= rowsPerKurtosis * kurtosis)) continue
      const apart = now.covariance(i, k) - before.covariance(i, k)
      const statistic = apart / Math.sqrt(variance * (1 / m + 1 / n))
      changes.push({
        columns: [first, before.names[k]!],
        reference: correlation(before, i, k),
        current: correlation(now, i, k),
        statistic,
        pValue: 2 * normalSurvival(Math.abs(statistic)),
      })
    }
  return changes
}
