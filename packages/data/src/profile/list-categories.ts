import type { CategoryProfile } from '@mlwright/domain'
import type { CountedCategories, Listing } from './measure-categories.ts'

/** Most values that a profile lists, and fewest rows of one where it does not list all. */
const most = 100
const fewest = 5
/** So many rows per value, on average, make a column of categories; fewer make one of names or ids (but two values that repeat never do). */
const rowsPerValue = 3
/** Values that are listed beside a complete reference, so that new ones have a cell of their own. */
const mostBeside = 1000

/** What is listed: beside a complete reference its values and (nearly) all new ones, else the most frequent. */
export function listingOf(reference: CategoryProfile | null): Listing {
  if (reference === null || reference.other > 0) return { most, always: [] }
  return { most: mostBeside, always: reference.top.map(([value]) => value) }
}

/**
 * Leaves values of few rows out of a list that is not complete or looks like ids: they say nothing of a distribution,
 * and may say something of a person. Beside a complete reference every value counts.
 */
export function withoutRare({ count, distinct, categories }: CountedCategories, reference: CategoryProfile | null) {
  if (categories === null || reference?.other === 0) return categories
  const few = (distinct <= 2 && distinct < count) || count >= rowsPerValue * distinct
  if (categories.other === 0 && few) return categories
  const top = categories.top.filter(([, rows]) => rows >= fewest)
  const listed = top.reduce((sum, [, rows]) => sum + rows, 0)
  return { ...categories, top, other: count - listed, other_distinct: distinct - top.length }
}
