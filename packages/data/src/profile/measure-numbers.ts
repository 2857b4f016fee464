import type { DatasetColumn, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import type { Edges } from './choose-edges.ts'
import { type CountedNumbers, NumberCounter } from './number-counter.ts'
import { numberSql } from './number-sql.ts'

/** Moments, and exact counts on edges, of numbers and dates in one scan. */
export async function measureNumbers(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
  edges: readonly Edges[],
  distinct: boolean,
): Promise<CountedNumbers[]> {
  const counters = columns.map((_, i) => new NumberCounter(edges[i]!, distinct))
  if (columns.length === 0) return []
  const select = columns.map((column, i) => `${numberSql(column)} AS c${i}`)
  for await (const batch of engine.query(`SELECT ${select.join(', ')} FROM ${opened.from}`))
    for (const [i, counter] of counters.entries()) {
      const column = batch.columns.get(`c${i}`)
      if (column !== undefined && column.type !== 'string') counter.add(column.values)
    }
  return counters.map((counter) => counter.finish())
}
