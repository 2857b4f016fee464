import type { ColumnType, Engine } from '@mlwright/domain'
import { shortRows } from '../sql/short-rows.ts'
import { kindOf, parseSql, textSql } from './column-types.ts'
import type { InferredColumn } from './inferred-column.ts'
import type { RawColumn } from './raw-table.ts'

type Declared = ReadonlyMap<string, ColumnType>

/** What text may turn out to be. */
const tries = ['number', 'whole', 'boolean', 'date'] as const
type Try = (typeof tries)[number]

/** SQL that counts one fact per key about a column. */
type Counts = Readonly<Record<string, string>>

const integerType = /INT/
const floatType = /^(FLOAT|DOUBLE)$/

/** True where the file's own type is the one that is wanted, so that no text has to be parsed. */
function settled(column: RawColumn, declared: Declared): boolean {
  const wanted = declared.get(column.name)
  return column.type !== null && (wanted === undefined || wanted === kindOf(column.type))
}

function countsOf(column: RawColumn, declared: Declared, open: readonly Try[], uncounted: boolean): Counts {
  if (settled(column, declared)) return floatType.test(column.type!) && !uncounted ? finiteCounts(column.sql) : {}
  const text = textSql(column)
  const number = parseSql(text, 'number')
  const sql: Record<Try, string> = {
    number: `count(${number})`,
    whole: `count(*) FILTER (CAST(TRY_CAST(${text} AS BIGINT) AS VARCHAR) = ${text})`,
    boolean: declared.has(column.name)
      ? `count(${parseSql(text, 'boolean')})`
      : `count(*) FILTER (lower(${text}) IN ('true', 'false'))`,
    date: `count(${parseSql(text, 'date')})`,
  }
  const counts = Object.fromEntries(open.map((name) => [name, sql[name]]))
  return { present: `count(${text})`, ...counts, ...(open.includes('number') && finiteCounts(number)) }
}

const finiteCounts = (number: string): Counts => ({
  infinite: `count(*) FILTER (isinf(${number}))`,
  notFinite: `count(*) FILTER (NOT isfinite(${number}))`,
})

/** More aggregates than this in one statement cost DuckDB the square of their number, in time and in memory. */
const columnsPerScan = 64

/** Counts facts about all columns, in one scan unless the data is very wide; those that were not asked for are 0. */
async function scan(engine: Engine, from: string, counts: readonly Counts[]) {
  const columns: ((key: string) => number)[] = []
  let rows = 0
  for (let start = 0; start === 0 || start < counts.length; start += columnsPerScan) {
    const slice = counts.slice(start, start + columnsPerScan)
    const sql = ['count(*)', ...slice.flatMap((each) => Object.values(each))]
    const aliased = sql.map((count, index) => `${count} AS a${index}`)
    const values = (await shortRows(engine, `SELECT ${aliased.join(', ')} FROM ${from}`))[0] as number[]
    rows = values[0]!
    let at = 1
    for (const each of slice) {
      const found = new Map(Object.keys(each).map((key) => [key, values[at++]!]))
      columns.push((key) => found.get(key) ?? 0)
    }
  }
  return { rows, columns }
}

/** What the first rows leave open; what they rule out need not be tried on all. */
async function openTries(engine: Engine, from: string, columns: readonly RawColumn[], declared: Declared) {
  const all = columns.map((column): readonly Try[] => {
    if (settled(column, declared)) return []
    const wanted = declared.get(column.name)
    if (wanted === undefined) return tries
    return wanted === 'number' ? ['number', 'whole'] : wanted === 'string' ? [] : [wanted]
  })
  const counts = columns.map((column, index) => countsOf(column, declared, all[index]!, true))
  const first = await scan(engine, `(SELECT * FROM ${from} LIMIT 2048)`, counts)
  return all.map((open, index) => {
    const count = first.columns[index]!
    return open.filter((name) => name === declared.get(columns[index]!.name) || count(name) === count('present'))
  })
}

/** Decides every column's type from the whole data, and counts the rows; infinite numbers stay where they are `uncounted`. */
export async function inferTypes(
  engine: Engine,
  from: string,
  columns: readonly RawColumn[],
  declared: Declared,
  uncounted = false,
): Promise<{ rows: number; columns: InferredColumn[] }> {
  const open = await openTries(engine, from, columns, declared)
  const found = await scan(
    engine,
    from,
    columns.map((column, index) => countsOf(column, declared, open[index]!, uncounted)),
  )
  const inferred = columns.map((raw, index): InferredColumn => {
    const count = found.columns[index]!
    const facts = { raw, infinite: count('infinite'), notFinite: count('notFinite') }
    if (settled(raw, declared))
      return { ...facts, type: kindOf(raw.type!), whole: integerType.test(raw.type!), mistyped: 0 }
    const present = count('present')
    const all = (name: Try) => open[index]!.includes(name) && count(name) === present
    const type =
      declared.get(raw.name) ??
      (all('number') ? 'number' : all('boolean') ? 'boolean' : all('date') ? 'date' : 'string')
    const fitting = type !== 'string' ? count(type) : raw.type === null ? present : 0
    const number = type === 'number'
    return {
      raw,
      type,
      whole: number && present > 0 && all('whole'),
      mistyped: present - fitting,
      infinite: number ? facts.infinite : 0,
      notFinite: number ? facts.notFinite : 0,
    }
  })
  return { rows: found.rows, columns: inferred }
}
