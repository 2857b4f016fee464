import type { ColumnProfile } from '@mlwright/domain'
import { compareCategories } from './compare-categories.ts'
import { compareMissing } from './compare-missing.ts'
import { compareNumbers } from './compare-numbers.ts'
import type { ExactNumbers } from './exact-numbers.ts'
import type { Comparison } from './judged-test.ts'
import type { Thresholds } from './thresholds.ts'

/** Compares two columns of one type: what is missing, and what is there. Dates move on by themselves and are not compared. */
export function compareColumns(
  reference: ColumnProfile,
  current: ColumnProfile,
  thresholds: Thresholds,
  exact?: ExactNumbers,
): Comparison {
  const missing = compareMissing(reference, current, thresholds.missing)
  const rows = { reference: reference.count, current: current.count }
  const values: Comparison =
    reference.type === 'date'
      ? { tests: [], distances: {} }
      : reference.numbers && current.numbers
        ? compareNumbers(reference.name, reference.numbers, current.numbers, thresholds, exact)
        : reference.categories && current.categories
          ? compareCategories(reference.categories, current.categories, rows, thresholds)
          : { tests: [], distances: {} }
  return { tests: [...values.tests, missing], distances: values.distances }
}
