import type { CategoryProfile } from '@mlwright/domain'
import { homogeneityTest, totalVariation } from '@mlwright/stats'
import { distances } from './distances.ts'
import { type Comparison, finite } from './judged-test.ts'
import { newCategories } from './new-categories.ts'
import type { Thresholds } from './thresholds.ts'

/**
 * One cell per value where the reference lists all; else the hash buckets. Cells chosen by their counts in the reference
 * would look too full there, and every later sample would seem to have drifted; so would values that only one side has,
 * pooled side by side: they stand by name.
 */
function cellsOf(reference: CategoryProfile, current: CategoryProfile): [number[], number[]] {
  if (reference.other > 0) return [reference.buckets, current.buckets]
  const counts = [new Map(reference.top), new Map(current.top)] as const
  const values = [...new Set([...counts[0].keys(), ...counts[1].keys()])].sort()
  const [a, b] = counts.map((side) => values.map((value) => side.get(value) ?? 0)) as [number[], number[]]
  return current.other === 0
    ? [a, b]
    : [
        [...a, 0],
        [...b, current.other],
      ]
}

/** Compares categories by their counts. */
export function compareCategories(
  reference: CategoryProfile,
  current: CategoryProfile,
  rows: { readonly reference: number; readonly current: number },
  thresholds: Thresholds,
): Comparison {
  const cells = cellsOf(reference, current)
  const { statistic, pValue, method } = homogeneityTest(...cells)
  return {
    tests: [
      {
        name: 'chi2',
        test: { statistic: finite(statistic), p_value: finite(pValue), method },
        effect: {
          name: 'share of rows that moved to another category',
          value: finite(totalVariation(...cells)),
          threshold: thresholds.categories,
        },
        decides: true,
      },
      ...(reference.other === 0 ? [newCategories(reference, current, rows, thresholds.newCategories)] : []),
    ],
    distances: distances(...cells),
  }
}
