import type { DatasetColumn, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { readQuery } from '../sql/read-query.ts'
import { numberSql } from './number-sql.ts'

/** Rows that edges are chosen from: about 80 for each bin. */
const sampleRows = 20_000

/** Values of some columns in a fixed random sample of the rows (all of them where they are few), without missing ones. */
export async function sampleNumbers(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
): Promise<Float64Array[]> {
  const { rows } = opened.dataset
  if (columns.length === 0 || rows === 0) return columns.map(() => new Float64Array(0))
  const select = columns.map((column, i) => `${numberSql(column)} AS c${i}`)
  const sample = rows > sampleRows ? ` USING SAMPLE reservoir(${sampleRows} ROWS) REPEATABLE (1)` : ''
  const batch = await readQuery(
    engine,
    `SELECT ${select.join(', ')} FROM ${opened.from}${sample}`,
    Math.min(rows, sampleRows),
  )
  return columns.map((_, i) => {
    const column = batch.columns.get(`c${i}`)
    return column === undefined || column.type === 'string'
      ? new Float64Array(0)
      : column.values.filter(Number.isFinite)
  })
}
