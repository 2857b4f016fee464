import type { Column, Engine } from '@mlwright/domain'

export type Cell = number | string | null

/** One value of a column; null where it is missing. */
export function cell(column: Column, row: number): Cell {
  if (column.type === 'string') return column.codes[row]! < 0 ? null : column.dictionary[column.codes[row]!]!
  const value = column.values[row]!
  return Number.isNaN(value) ? null : value
}

/** Every row of a short answer, as arrays of values in the order of the columns, whose names have to differ. */
export async function shortRows(engine: Engine, sql: string): Promise<Cell[][]> {
  const rows: Cell[][] = []
  for await (const batch of engine.query(sql)) {
    const columns = [...batch.columns.values()]
    for (let row = 0; row < batch.rows; row++) rows.push(columns.map((column) => cell(column, row)))
  }
  return rows
}
