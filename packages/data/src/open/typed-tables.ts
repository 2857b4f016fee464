import type { Engine } from '@mlwright/domain'
import { quoteList, quoteName } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'
import type { DataFile, DataFormat } from './data-format.ts'
import { fileFinding, type RawTable, unreadable } from './raw-table.ts'

function scan(format: DataFormat, files: readonly DataFile[], ignoreErrors: boolean): string {
  const list = quoteList(files.map((file) => file.absolute))
  if (format === 'parquet') return `read_parquet(${list}, union_by_name = ${files.length > 1})`
  const ignore = ignoreErrors ? ', ignore_errors = true' : ''
  return `read_json(${list}, format = 'newline_delimited', records = true, sample_size = -1, map_inference_threshold = -1, field_appearance_threshold = 0, union_by_name = true${ignore})`
}

/** Parquet and JSON Lines, which say themselves what their values are. */
export async function typedTable(engine: Engine, files: readonly DataFile[], format: DataFormat): Promise<RawTable> {
  const from = scan(format, files, false)
  const described = await describe(engine, from).catch((error: unknown) => error as Error)
  if (!(described instanceof Error)) return { from, columns: described, findings: [], locate: async () => null }
  const message = described.message.split('\n')[0]!
  const file = files.find(({ absolute }) => message.includes(absolute)) ?? files[0]!
  const line = Number(/ line (\d+)/.exec(message)?.[1] ?? 1)
  const said = message.replaceAll(file.absolute, file.path)
  const name = format === 'parquet' ? 'Parquet' : 'JSON Lines'
  const finding = fileFinding('readable', `${file.path} cannot be read as ${name}: ${said}`, {
    file: file.path,
    line,
    column: 1,
  })
  return unreadable([finding])
}

async function describe(engine: Engine, from: string) {
  const rows = await shortRows(engine, `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`)
  return (rows as [string, string][]).map(([name, type]) => ({ name, sql: quoteName(name), type }))
}
