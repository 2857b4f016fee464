import { type Batch, type Column, type ColumnType, type Engine, UserError } from '@mlwright/domain'
import type { OpenDataset } from './open/open-dataset.ts'
import { quoteName } from './sql/quote.ts'
import { readQuery } from './sql/read-query.ts'

const empty = (type: ColumnType): Column =>
  type === 'string' ? { type, codes: new Int32Array(0), dictionary: [] } : { type, values: new Float64Array(0) }

/** Reads whole columns in file order as one batch; dictionaries are sorted by UTF-8 bytes. Throws `UserError` DATA_UNUSABLE when the files are damaged. */
export async function readTable(engine: Engine, opened: OpenDataset, columns: readonly string[]): Promise<Batch> {
  const { rows, columns: known } = opened.dataset
  if (columns.length > 0 && rows > 0)
    try {
      return await readQuery(engine, `SELECT ${columns.map(quoteName).join(', ')} FROM ${opened.from}`, rows)
    } catch (error) {
      const { message } = await opened.explain(error as Error)
      throw new UserError('DATA_UNUSABLE', message, { cause: error })
    }
  const types = new Map(known.map(({ name, type }) => [name, type]))
  return { rows, columns: new Map(columns.map((name) => [name, empty(types.get(name) ?? 'string')])) }
}
