import type { Engine } from '@mlwright/domain'
import { type Cell, shortRows } from '../sql/short-rows.ts'

/** More aggregates than this in one statement cost DuckDB the square of their number. */
const aggregatesPerScan = 256

/** Values of SQL aggregates over the data, equal ones computed once, all in one scan unless there are very many. */
export async function measureScalars(
  engine: Engine,
  from: string,
  aggregates: Iterable<string>,
): Promise<Map<string, Cell>> {
  const distinct = [...new Set(aggregates)]
  const values = new Map<string, Cell>()
  for (let start = 0; start < distinct.length; start += aggregatesPerScan) {
    const slice = distinct.slice(start, start + aggregatesPerScan)
    const aliased = slice.map((sql, index) => `${sql} AS a${index}`)
    const [row] = await shortRows(engine, `SELECT ${aliased.join(', ')} FROM ${from}`)
    for (const [index, sql] of slice.entries()) values.set(sql, row?.[index] ?? null)
  }
  return values
}
