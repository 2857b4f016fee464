import { type CategoryProfile, type ColumnProfile, type NumberProfile, type Profile, UserError } from '@mlwright/domain'
import { mergeJoint } from './merge-joint.ts'

type Counted<T> = readonly [count: number, value: T | null]

function mergeNumbers(name: string, [m, a]: Counted<NumberProfile>, [n, b]: Counted<NumberProfile>) {
  if (a === null || b === null) return a ?? b
  if (a.edges.length !== b.edges.length || a.edges.some((edge, i) => edge !== b.edges[i]))
    throw new UserError(
      'RECORD_INVALID',
      `The profiles of ${name} have different edges; make all of them against one reference.`,
    )
  const total = m + n
  const apart = b.mean - a.mean
  const variance = (m * a.sd ** 2 + n * b.sd ** 2) / total + (apart ** 2 * m * n) / total ** 2
  return {
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    mean: a.mean + (apart * n) / total,
    sd: Math.sqrt(variance),
    discrete: a.discrete && b.discrete,
    edges: a.edges,
    counts: a.counts.map((count, i) => count + b.counts[i]!),
    ...(a.off_edges !== undefined && b.off_edges !== undefined && { off_edges: a.off_edges + b.off_edges }),
  }
}

function mergeCategories(a: CategoryProfile | null, b: CategoryProfile | null): CategoryProfile | null {
  if (a === null || b === null) return a ?? b
  const counts = new Map(a.top)
  for (const [value, count] of b.top) counts.set(value, (counts.get(value) ?? 0) + count)
  const top = [...counts].sort(([v, m], [w, n]) => n - m || (v < w ? -1 : 1))
  return {
    top,
    other: a.other + b.other,
    other_distinct: Math.max(a.other_distinct, b.other_distinct),
    buckets: a.buckets.map((count, i) => count + b.buckets[i]!),
  }
}

function mergeColumns(a: ColumnProfile, b: ColumnProfile): ColumnProfile {
  if (a.type !== b.type)
    throw new UserError('RECORD_INVALID', `${a.name} is ${a.type} in one profile and ${b.type} in another.`)
  const categories = mergeCategories(a.categories, b.categories)
  return {
    ...a,
    count: a.count + b.count,
    missing: a.missing + b.missing,
    distinct: categories
      ? categories.top.length + categories.other_distinct
      : a.distinct === null || b.distinct === null
        ? null
        : Math.max(a.distinct, b.distinct),
    numbers: mergeNumbers(a.name, [a.count, a.numbers], [b.count, b.numbers]),
    categories,
  }
}

function mergeTwo(a: Profile, b: Profile): Profile {
  const byName = new Map(b.columns.map((column) => [column.name, column]))
  const columns = a.columns.map((column) => {
    const other = byName.get(column.name)
    if (other) return mergeColumns(column, other)
    throw new UserError('RECORD_INVALID', `A profile of ${b.dataset.name} lacks the column ${column.name}.`)
  })
  return { ...a, rows: a.rows + b.rows, columns, joint: mergeJoint(a, b) }
}

/**
 * The profile of several parts of a dataset, such as files, days or jobs, from theirs. Counts on edges and in buckets
 * are exact; those of listed values, and `distinct`, are the least that there can be. Throws `UserError` RECORD_INVALID where columns, types or edges differ.
 */
export function mergeProfiles(first: Profile, ...others: readonly Profile[]): Profile {
  return others.reduce(mergeTwo, first)
}
