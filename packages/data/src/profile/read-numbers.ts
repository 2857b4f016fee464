import type { DatasetColumn, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { readQuery } from '../sql/read-query.ts'
import { explained } from './explained.ts'
import { numberSql } from './number-sql.ts'

/** All values of some numbers or dates (days since 1970-01-01), in file order; NaN where missing or infinite. */
export async function readNumbers(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
): Promise<Float64Array[]> {
  const { rows } = opened.dataset
  const select = columns.map((column, i) => `${numberSql(column)} AS c${i}`)
  if (rows === 0 || columns.length === 0) return columns.map(() => new Float64Array(0))
  const batch = await explained(opened, () =>
    readQuery(engine, `SELECT ${select.join(', ')} FROM ${opened.from}`, rows),
  )
  return columns.map((_, i) => {
    const column = batch.columns.get(`c${i}`)
    if (column === undefined || column.type === 'string') return new Float64Array(0)
    const { values } = column
    for (let row = 0; row < values.length; row++) if (!Number.isFinite(values[row]!)) values[row] = Number.NaN
    return values
  })
}
