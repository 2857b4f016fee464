import type { DatasetColumn, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import type { Edges } from './choose-edges.ts'
import { type CountedNumbers, NumberCounter } from './number-counter.ts'
import { numberSql } from './number-sql.ts'
import { scansOf } from './scans-of.ts'

/** Parquet a few columns at a time: their chunks stay until the garbage is collected. Other files once. */
const width = { parquet: 16, other: Number.POSITIVE_INFINITY } as const

/** Moments, and exact counts on edges, of numbers and dates in as few scans as the format asks for. */
export async function measureNumbers(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
  edges: readonly Edges[],
  distinct: boolean,
): Promise<CountedNumbers[]> {
  const counters = columns.map((_, i) => new NumberCounter(edges[i]!, distinct))
  for (const scan of scansOf(opened, columns, width)) {
    const select = scan.columns.map((column, i) => `${numberSql(column)} AS c${scan.start + i}`)
    for await (const batch of engine.query(`SELECT ${select.join(', ')} FROM ${opened.from}`))
      for (let i = scan.start; i < scan.start + scan.columns.length; i++) {
        const column = batch.columns.get(`c${i}`)
        if (column !== undefined && column.type !== 'string') counters[i]!.add(column.values)
      }
  }
  return counters.map((counter) => counter.finish())
}
