import type { Batch, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName } from '../sql/quote.ts'
import { readQuery } from '../sql/read-query.ts'
import { explained } from './explained.ts'

/** Rows of two tables in one batch, those of the first table before those of the second. */
export interface SampledRows {
  readonly table: Batch
  /** How many rows are the first table's. */
  readonly first: number
}

/**
 * Some columns of two tables: all their rows where a table has at most `most`, else as many drawn at random by the seed.
 * Infinite numbers are missing. Throws `UserError` DATA_UNUSABLE when files are damaged.
 */
export async function sampleRows(
  engine: Engine,
  tables: readonly [OpenDataset, OpenDataset],
  columns: readonly string[],
  most: number,
  seed: number,
): Promise<SampledRows> {
  const select = (opened: OpenDataset) => {
    const sample = opened.dataset.rows > most ? ` USING SAMPLE reservoir(${most} ROWS) REPEATABLE (${seed})` : ''
    return `SELECT ${columns.map(quoteName).join(', ')} FROM ${opened.from}${sample}`
  }
  const first = Math.min(most, tables[0].dataset.rows)
  const rows = first + Math.min(most, tables[1].dataset.rows)
  const both = `SELECT * FROM (${select(tables[0])}) UNION ALL SELECT * FROM (${select(tables[1])})`
  const table = await explained(tables[0], () => readQuery(engine, both, rows))
  for (const column of table.columns.values())
    if (column.type !== 'string')
      for (const [row, value] of column.values.entries()) if (!Number.isFinite(value)) column.values[row] = Number.NaN
  return { table, first }
}
