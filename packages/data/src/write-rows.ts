import type { Engine } from '@mlwright/domain'
import type { OpenDataset } from './open/open-dataset.ts'
import { quoteName, quoteText } from './sql/quote.ts'

export interface WriteRows {
  readonly columns: readonly string[]
  /** Rows counted from 0; they are written in file order. */
  readonly rows: Int32Array
  /** Absolute path that ends in .parquet or .csv. */
  readonly path: string
}

/** The rows as `1` in a string of bits, which DuckDB can index. */
function bits(rows: Int32Array, total: number): string {
  const marks = Buffer.alloc(Math.max(total, 1), '0')
  for (const row of rows) marks[row] = 49
  return marks.toString('latin1')
}

/** Writes some rows and columns of a dataset as Parquet or CSV, by the ending of the path. */
export async function writeRows(
  engine: Engine,
  opened: OpenDataset,
  { columns, rows, path }: WriteRows,
): Promise<void> {
  const format = path.endsWith('.csv') ? 'FORMAT csv, HEADER' : 'FORMAT parquet, COMPRESSION zstd'
  const chosen = `get_bit(${quoteText(bits(rows, opened.dataset.rows))}::BIT, (${quoteName(opened.rowColumn)} - 1)::INTEGER) = 1`
  await engine.execute(
    `COPY (SELECT ${columns.map(quoteName).join(', ')} FROM ${opened.numbered} WHERE ${chosen}) TO ${quoteText(path)} (${format})`,
  )
}
