import type { Engine } from '@mlwright/domain'
import { shortRows } from '../sql/short-rows.ts'
import type { Duplicates } from './rule.ts'

/** SQL: the key is complete. */
const complete = (key: readonly string[]) => key.map((column) => `${column} IS NOT NULL`).join(' AND ')

/** Counts what occurs more than once under a key; the grouping spills to disk when memory is short. */
export async function measureDuplicates(engine: Engine, from: string, key: readonly string[]): Promise<Duplicates> {
  const named = key.map((column, index) => `${column} AS k${index}`)
  const names = key.map((_, index) => `k${index}`)
  const sql = `SELECT count(*) AS a, sum(n)::DOUBLE AS b, sum(n - 1) FILTER (${complete(names)})::DOUBLE AS c
    FROM (SELECT ${named.join(', ')}, count(*) AS n FROM ${from} GROUP BY ${names.join(', ')} HAVING count(*) > 1)`
  const [row] = (await shortRows(engine, sql)) as (number | null)[][]
  const [values, rows, repeats] = row!
  return { values: values ?? 0, rows: rows ?? 0, repeats: repeats ?? 0 }
}

/** SQL: rows that have the key of another row. */
export const duplicated = (from: string, key: readonly string[]): string =>
  `(${key.join(', ')}) IN (SELECT ${key.map((c) => c).join(', ')} FROM ${from} WHERE ${complete(key)} GROUP BY ${key.join(', ')} HAVING count(*) > 1)`
