import type { DatasetColumn, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import type { Edges } from './choose-edges.ts'
import type { JointSample } from './joint-sample.ts'
import { type CountedNumbers, NumberCounter } from './number-counter.ts'
import { numberSql } from './number-sql.ts'

/** Moments, and exact counts on edges, of numbers and dates in one scan; `joint` sees them too, and the flags after them. */
export async function measureNumbers(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
  edges: readonly Edges[],
  distinct: boolean,
  flags: readonly DatasetColumn[] = [],
  joint: JointSample | null = null,
): Promise<CountedNumbers[]> {
  const counters = columns.map((_, i) => new NumberCounter(edges[i]!, distinct))
  if (columns.length + flags.length === 0) return []
  const select = [...columns, ...flags].map((column, i) => `${numberSql(column)} AS c${i}`)
  for await (const batch of engine.query(`SELECT ${select.join(', ')} FROM ${opened.from}`)) {
    const valuesAt = (i: number) => {
      const column = batch.columns.get(`c${i}`)
      return column === undefined || column.type === 'string' ? undefined : column.values
    }
    for (const [i, counter] of counters.entries()) {
      const values = valuesAt(i)
      if (values !== undefined) counter.add(values)
    }
    joint?.add(batch.rows, valuesAt)
  }
  return counters.map((counter) => counter.finish())
}
