import type { CategoryProfile, DatasetColumn, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName, quoteText } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'
import { isColumnar, scansOf } from './scans-of.ts'

/** Columns whose counts are held at a time. */
const columnsPerScan = { parquet: 4, other: 32 } as const
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

/** One row per listed value (kind 0), and one per bucket (kind 1) with the number of values in it. */
function columnQuery(place: number, column: string, from: string, { most, always }: Listing): string {
  const bucket = `CAST(CAST('0x' || left(md5(v), 2) AS INTEGER) % ${bucketCount} AS VARCHAR)`
  const kept =
    always.length > 0
      ? ` UNION ALL SELECT ${place}, v, k, 0, 0 FROM q WHERE v IN (${always.map(quoteText).join(', ')})`
      : ''
  return (
    `SELECT * FROM (WITH q AS MATERIALIZED (SELECT CAST(${column} AS VARCHAR) AS v, count(*) AS k FROM ${from} WHERE ${column} IS NOT NULL GROUP BY 1) ` +
    `(SELECT ${place} AS place, v, k, 0 AS kind, 0 AS n FROM q WHERE length(v) <= ${longest} ORDER BY k DESC, v LIMIT ${most})${kept} ` +
    `UNION ALL SELECT ${place}, ${bucket}, sum(k), 1, count(*) FROM q GROUP BY ${bucket})`
  )
}

function query(opened: OpenDataset, columns: readonly DatasetColumn[], listings: readonly Listing[]): string {
  const columnar = isColumnar(opened)
  const names = columns.map(({ name }) => quoteName(name))
  const from = columnar ? opened.from : 'texts'
  const each = names.map((name, i) => columnQuery(i, name, from, listings[i]!)).join(' UNION ALL ')
  return columnar ? each : `WITH texts AS MATERIALIZED (SELECT ${names.join(', ')} FROM ${opened.from}) ${each}`
}

/** Exact counts of the most frequent values, and of all by bucket, in as few scans as the format asks for. */
export async function measureCategories(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
  listings: readonly Listing[],
): Promise<CountedCategories[]> {
  const results = columns.map(() => ({
    distinct: 0,
    top: new Map<string, number>(),
    buckets: new Array<number>(bucketCount).fill(0),
  }))
  for (const scan of scansOf(opened, columns, columnsPerScan)) {
    const { start } = scan
    const sql = query(opened, scan.columns, listings.slice(start, start + scan.columns.length))
    for (const [place, value, count, kind, values] of await shortRows(engine, sql)) {
      const result = results[start + (place as number)]!
      if (kind === 0) result.top.set(value as string, count as number)
      else {
        result.buckets[Number(value)] = count as number
        result.distinct += values as number
      }
    }
  }
  return results.map(({ distinct, top: listed, buckets }) => {
    const count = buckets.reduce((sum, each) => sum + each, 0)
    if (count === 0) return { count, distinct, categories: null }
    const top = [...listed].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    const rows = top.reduce((sum, [, each]) => sum + each, 0)
    return { count, distinct, categories: { top, other: count - rows, other_distinct: distinct - top.length, buckets } }
  })
}
