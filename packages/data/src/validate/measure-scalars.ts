import type { Engine } from '@mlwright/domain'
import { type Cell, shortRows } from '../sql/short-rows.ts'

/** More aggregates than this in one statement cost DuckDB the square of their number. */
const aggregatesPerScan = 256

export interface Scalars {
  readonly values: ReadonlyMap<string, Cell>
  /** What the engine refuses to compute, and why: a regular expression beyond it, for instance. */
  readonly refused: ReadonlyMap<string, string>
}

/** Those aggregates that the engine refuses by themselves, on no rows. */
async function refusedOf(engine: Engine, from: string, aggregates: readonly string[]): Promise<Map<string, string>> {
  const refused = new Map<string, string>()
  for (const sql of aggregates)
    try {
      await shortRows(engine, `SELECT ${sql} AS a FROM ${from} LIMIT 0`)
    } catch (error) {
      refused.set(sql, (error as Error).message.split('\n')[0]!)
    }
  return refused
}

/** Values of SQL aggregates over the data, equal ones computed once, all in one scan unless there are very many. */
export async function measureScalars(engine: Engine, from: string, aggregates: Iterable<string>): Promise<Scalars> {
  const distinct = [...new Set(aggregates)]
  const values = new Map<string, Cell>()
  const refused = new Map<string, string>()
  const scan = async (slice: readonly string[]) => {
    const aliased = slice.map((sql, index) => `${sql} AS a${index}`)
    const [row] = await shortRows(engine, `SELECT ${aliased.join(', ')} FROM ${from}`)
    for (const [index, sql] of slice.entries()) values.set(sql, row?.[index] ?? null)
  }
  for (let start = 0; start < distinct.length; start += aggregatesPerScan) {
    const slice = distinct.slice(start, start + aggregatesPerScan)
    try {
      await scan(slice)
    } catch (error) {
      const wrong = await refusedOf(engine, from, slice)
      if (wrong.size === 0) throw error
      for (const [sql, reason] of wrong) refused.set(sql, reason)
      const rest = slice.filter((sql) => !wrong.has(sql))
      if (rest.length > 0) await scan(rest)
    }
  }
  return { values, refused }
}
