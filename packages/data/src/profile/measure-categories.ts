import type { CategoryProfile, DatasetColumn, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName, quoteText } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'

/** Grouping sets per statement; their ids are bit masks. */
const columnsPerScan = 30
/** Longer values are never listed: they are texts, not categories. */
const longest = 200
export const bucketCount = 32

/** What is listed: the most frequent values, and in any case some. */
export interface Listing {
  readonly most: number
  readonly always: readonly string[]
}

export interface CountedCategories {
  readonly count: number
  readonly distinct: number
  readonly categories: CategoryProfile | null
}

/** One row per listed value, and one per bucket; the first has the totals. */
function query(opened: OpenDataset, columns: readonly DatasetColumn[], listings: readonly Listing[]): string {
  const names = columns.map((_, i) => `c${i}`)
  const texts = columns.map(({ name }, i) => `CAST(${quoteName(name)} AS VARCHAR) AS c${i}`)
  const set = (i: number) => 2 ** columns.length - 1 - 2 ** (columns.length - 1 - i)
  const which = columns.map((_, i) => `WHEN ${set(i)} THEN ${i}`).join(' ')
  const value = columns.map((_, i) => `WHEN ${set(i)} THEN c${i}`).join(' ')
  const listed = listings.map(({ most, always }, i) => {
    const kept = always.length > 0 ? ` OR v IN (${always.map(quoteText).join(', ')})` : ''
    return `(g = ${i} AND (place <= ${most}${kept}))`
  })
  const id = `GROUPING_ID(${names.join(', ')})`
  return (
    `WITH grouped AS MATERIALIZED (SELECT * FROM (SELECT CASE ${id} ${which} END AS g, CASE ${id} ${value} END AS v, count(*) AS k ` +
    `FROM (SELECT ${texts.join(', ')} FROM ${opened.from}) GROUP BY GROUPING SETS (${names.map((name) => `(${name})`).join(', ')})) WHERE v IS NOT NULL), ` +
    `ranked AS (SELECT *, row_number() OVER (PARTITION BY g ORDER BY k DESC, v) AS place FROM grouped WHERE length(v) <= ${longest}) ` +
    `SELECT g, v, k, 0 AS kind FROM ranked WHERE ${listed.join(' OR ')} ` +
    `UNION ALL SELECT g, NULL, count(*), 1 FROM grouped GROUP BY g ` +
    `UNION ALL SELECT g, CAST(CAST('0x' || left(md5(v), 2) AS INTEGER) % ${bucketCount} AS VARCHAR), sum(k), 2 FROM grouped GROUP BY 1, 2`
  )
}

/** Exact counts of the most frequent values, and of all by bucket: one scan, unless the table is very wide. */
export async function measureCategories(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
  listings: readonly Listing[],
): Promise<CountedCategories[]> {
  const results = columns.map(() => ({
    distinct: 0,
    top: [] as [string, number][],
    buckets: new Array<number>(bucketCount).fill(0),
  }))
  for (let start = 0; start < columns.length; start += columnsPerScan) {
    const end = start + columnsPerScan
    const sql = query(opened, columns.slice(start, end), listings.slice(start, end))
    for (const [place, value, count, kind] of (await shortRows(engine, sql)) as [number, string, number, number][]) {
      const result = results[start + place]!
      if (kind === 0) result.top.push([value, count])
      else if (kind === 1) result.distinct = count
      else result.buckets[Number(value)] = count
    }
  }
  return results.map(({ distinct, top, buckets }) => {
    const count = buckets.reduce((sum, each) => sum + each, 0)
    if (count === 0) return { count, distinct, categories: null }
    top.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    const listed = top.reduce((sum, [, each]) => sum + each, 0)
    return {
      count,
      distinct,
      categories: { top, other: count - listed, other_distinct: distinct - top.length, buckets },
    }
  })
}
