import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Batch, Engine } from '@mlwright/domain'
import { type CageStart, cage } from '../cage/cage.ts'
import type { NativeLoader } from '../natives/natives.ts'
import { openInstance } from './open-instance.ts'
import { readColumn } from './read-column.ts'

export interface DuckDbOptions {
  readonly load: NativeLoader
  /** Memory that queries may use before they spill (default: 512). */
  readonly megabytes?: number
  /** Where larger-than-memory work spills to; made when it is needed. */
  readonly temporaryFolder: string
  /** Default: as many as there are processors. */
  readonly threads?: number
  /** How a process for untrusted SQL is started; without it `caged` refuses. */
  readonly cage?: CageStart
}

/** DuckDB in memory behind the Engine port; nothing is loaded before the first query. */
export function duckDb(options: DuckDbOptions): Engine & { close(): Promise<void> } {
  let instance: Promise<DuckDBInstance> | null = null
  const open = () =>
    openInstance(options.load, {
      memory_limit: `${options.megabytes ?? 512}MB`,
      temp_directory: options.temporaryFolder,
      ...(options.threads !== undefined && { threads: String(options.threads) }),
    })
  // A streaming result lives as long as its connection runs nothing else, so each stream has one of its own.
  const idle: DuckDBConnection[] = []
  const connect = async () => {
    instance ??= open()
    return idle.pop() ?? (await instance).connect()
  }

  return {
    async *query(sql): AsyncGenerator<Batch> {
      const bindings = await options.load('@duckdb/node-bindings')
      const connection = await connect()
      try {
        const result = await connection.stream(sql)
        const names = result.columnNames()
        const types = result.columnTypes()
        for (;;) {
          const chunk = await result.fetchChunk()
          if (chunk === null || chunk.rowCount === 0) break
          const columns = new Map(names.map((name, i) => [name, readColumn(bindings, chunk, i, types[i]!)]))
          yield { rows: chunk.rowCount, columns }
        }
      } finally {
        idle.push(connection)
      }
    },
    async execute(sql) {
      const connection = await connect()
      try {
        await connection.run(sql)
      } finally {
        idle.push(connection)
      }
    },
    async caged(request) {
      if (!options.cage) return { refused: 'SQL of a contract cannot be run here: there is no process to cage it in.' }
      return cage(options.cage, request, options.temporaryFolder)
    },
    async close() {
      // One that could not be opened has told whoever asked it.
      const opened = await instance?.catch(() => null)
      instance = null
      if (!opened) return
      for (const connection of idle.splice(0)) connection.closeSync()
      opened.closeSync()
    },
  }
}
