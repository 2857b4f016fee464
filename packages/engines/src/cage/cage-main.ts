import type { DuckDBConnection } from '@duckdb/node-api'
import type { CageAnswer, CageRequest, Column } from '@mlwright/domain'
import { openInstance } from '../duckdb/open-instance.ts'
import { readColumn } from '../duckdb/read-column.ts'
import type { NativeLoader } from '../natives/natives.ts'
import type { CageMessage } from './cage.ts'

const selectStatement = 1
const longestAnswer = 1000
/** What DuckDB's binding says of text without a statement. */
const emptyQuery = 'Error in native callback'
const text = (value: string) => `'${value.replaceAll("'", "''")}'`

function firstValue(column: Column): string | number | boolean | null {
  if (column.type === 'string')
    return column.codes[0]! < 0 ? null : column.dictionary[column.codes[0]!]!.slice(0, longestAnswer)
  const value = column.values[0]!
  if (Number.isNaN(value)) return null
  if (column.type === 'boolean') return value === 1
  return column.type === 'date' ? new Date(value * 86_400_000).toISOString() : value
}

/** Closes every door but the given files, for good. */
async function close(connection: DuckDBConnection, request: CageRequest): Promise<void> {
  for (const statement of request.prepare) await connection.run(statement)
  await connection.run(`SET allowed_paths = [${request.files.map(text).join(', ')}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
}

async function answer(load: NativeLoader, { request, temporaryFolder }: CageMessage): Promise<CageAnswer> {
  const bindings = await load('@duckdb/node-bindings')
  const instance = await openInstance(load, {
    memory_limit: `${request.megabytes}MB`,
    temp_directory: temporaryFolder,
    max_temp_directory_size: `${request.megabytes * 8}MB`,
  })
  const connection = await instance.connect()
  await close(connection, request)
  const statements = await connection.extractStatements(request.query)
  if (statements.count !== 1) return { refused: `A query is one statement; this one has ${statements.count}.` }
  const statement = await statements.prepare(0)
  if (Number(statement.statementType) !== selectStatement)
    return { refused: 'A query may only read: write one SELECT.' }
  const result = await statement.stream()
  const chunk = await result.fetchChunk()
  if (chunk === null || chunk.rowCount === 0 || chunk.columnCount === 0) return { value: null }
  return { value: firstValue(readColumn(bindings, chunk, 0, result.columnType(0))) }
}

/** The body of the process that `cage` starts: takes one request, answers it, and is killed. */
export async function cageMain(load: NativeLoader): Promise<void> {
  const message = await new Promise<CageMessage>((resolve) => {
    process.once('message', (received) => resolve(received as CageMessage))
  })
  const reply = await answer(load, message).catch((error: unknown): CageAnswer => {
    const reason = error instanceof Error ? error.message : String(error)
    return { refused: reason === emptyQuery ? 'The query is empty; write one SELECT.' : reason.slice(0, longestAnswer) }
  })
  process.send?.(reply)
}
