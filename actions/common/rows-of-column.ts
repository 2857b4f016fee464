import type { Column } from '@mlwright/domain'

/** Some rows of a column, in the order in which they are named. */
export const rowsOfColumn = (column: Column, rows: Int32Array): Column =>
  column.type === 'string'
    ? { ...column, codes: rows.map((row) => column.codes[row]!) }
    : { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
