import type { Engine } from '@mlwright/domain'
import { type DataFile, dataFormat } from '../open/data-format.ts'
import { quoteName, quotePaths, quoteText } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'

/** What a line may say. */
const types = {
  request_id: 'VARCHAR',
  timestamp: 'JSON',
  kind: 'VARCHAR',
  model: 'VARCHAR',
  version: 'VARCHAR',
  row: 'BIGINT',
  inputs: 'JSON',
  prediction: 'JSON',
  score: 'DOUBLE',
  shadow_of: 'JSON',
  label: 'JSON',
  latency_ms: 'JSON',
  status: 'JSON',
  error: 'JSON',
} as const

/** A prediction log whose files can be read. */
export interface OpenLog {
  /** Names of its columns with their SQL types, as the first lines have them. */
  readonly columns: ReadonlyMap<string, string>
  /** After FROM: every column that a line may have, and `log file`; a damaged line is all NULL. */
  readonly from: string
}

/** A column of a Parquet log as a JSON line would have it; text that holds the inputs as JSON is read as such. */
function columnSql(name: keyof typeof types, type: string | undefined): string {
  const column = quoteName(name)
  if (type === undefined) return `CAST(NULL AS ${types[name]}) AS ${column}`
  if (types[name] !== 'JSON') return `TRY_CAST(${column} AS ${types[name]}) AS ${column}`
  if (type === 'JSON') return column
  const text = type === 'VARCHAR' && (name === 'inputs' || name === 'shadow_of')
  return `${text ? `TRY_CAST(${column} AS JSON)` : `to_json(${column})`} AS ${column}`
}

/** Opens JSON Lines or Parquet as a prediction log. */
export async function openLog(engine: Engine, files: readonly DataFile[]): Promise<OpenLog> {
  const list = quotePaths(files.map(({ absolute }) => absolute))
  const lines = `${list}, format = 'newline_delimited', ignore_errors = true`
  const parquet = dataFormat(files) === 'parquet'
  const read = parquet
    ? `read_parquet(${list}, union_by_name = true)`
    : `read_json(${lines}, sample_size = 100, union_by_name = true)`
  const described = `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${read})`
  const columns = new Map((await shortRows(engine, described).catch(() => [])) as [string, string][])
  const names = Object.keys(types) as (keyof typeof types)[]
  if (parquet) {
    const select = names.map((name) => columnSql(name, columns.get(name)))
    const rows = `read_parquet(${list}, union_by_name = true, filename = 'log file')`
    return { columns, from: `(SELECT ${select.join(', ')}, "log file" FROM ${rows})` }
  }
  const known = names.map((name) => `${quoteName(name)}: ${quoteText(types[name])}`)
  return { columns, from: `read_json(${lines}, filename = 'log file', columns = {${known.join(', ')}})` }
}
