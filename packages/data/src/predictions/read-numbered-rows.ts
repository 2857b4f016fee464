import type { Batch, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { explained } from '../profile/explained.ts'
import { quoteName } from '../sql/quote.ts'
import { readQuery } from '../sql/read-query.ts'
import { numbersOf } from './answer-query.ts'

/** Every `every`th row of a table. */
export interface Thinned {
  readonly opened: OpenDataset
  readonly every: number
}

/**
 * Some columns of two tables in one batch, the first table's rows before the second's, each with its place in its file,
 * from 1. Infinite numbers are missing. Throws `UserError` DATA_UNUSABLE when files are damaged.
 */
export async function readNumberedRows(
  engine: Engine,
  tables: readonly [Thinned, Thinned],
  columns: readonly string[],
): Promise<{ readonly table: Batch; readonly places: readonly [Float64Array, Float64Array] }> {
  const select = ({ opened, every }: Thinned, part: number) => {
    const place = quoteName(opened.rowColumn)
    const own = columns.map((name, k) => `, ${quoteName(name)} AS "${k}"`).join('')
    return `SELECT ${part}::DOUBLE AS part, CAST(${place} AS DOUBLE) AS place${own} FROM ${opened.numbered} WHERE ${place} % ${every} = 0`
  }
  const rows = tables.reduce((sum, { opened, every }) => sum + Math.floor(opened.dataset.rows / every), 0)
  const sql = `SELECT * FROM (${select(tables[0], 0)} UNION ALL ${select(tables[1], 1)}) ORDER BY part, place`
  const read = await explained(tables[0].opened, () => readQuery(engine, sql, rows))
  const named = columns.map((name, k) => {
    const column = read.columns.get(String(k))!
    if (column.type !== 'string')
      for (const [row, value] of column.values.entries()) if (!Number.isFinite(value)) column.values[row] = Number.NaN
    return [name, column] as const
  })
  const [parts, places] = [numbersOf(read, 'part'), numbersOf(read, 'place')]
  const first = parts.indexOf(1)
  const border = first < 0 ? parts.length : first
  return {
    table: { rows: read.rows, columns: new Map(named) },
    places: [places.subarray(0, border), places.subarray(border)],
  }
}
