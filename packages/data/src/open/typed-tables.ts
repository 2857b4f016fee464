import { stat } from 'node:fs/promises'
import type { Engine } from '@mlwright/domain'
import { quoteName, quotePaths } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'
import type { DataFile, DataFormat } from './data-format.ts'
import { fileFinding, type RawColumn, type RawTable, unreadable } from './raw-table.ts'
import { readFailure } from './read-failure.ts'

function scan(format: DataFormat, files: readonly DataFile[]): string {
  const list = quotePaths(files.map((file) => file.absolute))
  if (format === 'parquet') return `read_parquet(${list}, union_by_name = ${files.length > 1})`
  return `read_json(${list}, format = 'newline_delimited', records = true, sample_size = -1, map_inference_threshold = -1, field_appearance_threshold = 0, union_by_name = true)`
}

async function columnsOf(engine: Engine, from: string): Promise<RawColumn[]> {
  const rows = await shortRows(engine, `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`)
  return (rows as [string, string][]).map(([name, type]) => ({ name, sql: quoteName(name), type }))
}

/** Parquet and JSON Lines, which say themselves what their values are. */
export async function typedTable(engine: Engine, files: readonly DataFile[], format: DataFormat): Promise<RawTable> {
  for (const { path, absolute } of files)
    if ((await stat(absolute)).size === 0)
      return unreadable([fileFinding('empty-file', `${path} is empty.`, { file: path, line: 1, column: 1 })])
  const from = scan(format, files)
  const recover = async (error: Error) => unreadable([await readFailure(files, format, error)])
  try {
    return { from, columns: await columnsOf(engine, from), findings: [], locate: async () => null, recover }
  } catch (error) {
    return recover(error as Error)
  }
}
