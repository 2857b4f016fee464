import type { CategoryProfile } from '@mlwright/domain'
import { logGamma } from '@mlwright/stats'
import type { JudgedTest } from './judged-test.ts'

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/**
 * Categories that a complete reference does not have. Under no drift all `c` rows of one category fall into the current
 * rows with probability C(n, c) / C(m + n, c); the p-value is that of the largest new one, times the number of categories.
 */
export function newCategories(
  reference: CategoryProfile,
  current: CategoryProfile,
  rows: { readonly reference: number; readonly current: number },
  threshold: number,
): JudgedTest {
  const known = new Set(reference.top.map(([value]) => value))
  const added = current.top.filter(([value]) => !known.has(value)).map(([, count]) => count)
  const share = (sum(added) + current.other) / rows.current
  const largest = Math.max(0, ...added)
  const all = known.size + added.length + current.other_distinct
  const log = logChoose(rows.current, largest) - logChoose(rows.reference + rows.current, largest)
  const pValue = largest === 0 ? 1 : Math.min(1, all * Math.exp(log))
  return {
    name: 'new_categories',
    test: { statistic: share, p_value: pValue, method: 'exact' },
    effect: { name: 'share of rows with a new category', value: share, threshold },
    decides: true,
  }
}
