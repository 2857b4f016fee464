import { type OpenDataset, quoteName } from '@mlwright/data'
import type { Batch, ColumnType, Engine } from '@mlwright/domain'

/** What init needs to know of a column. */
export interface ColumnProfile {
  readonly name: string
  readonly type: ColumnType
  /** Whole numbers, or dates without a time of day. */
  readonly whole: boolean
  readonly missing: number
  /** Distinct values. */
  readonly distinct: number
  /** Least and greatest, for numbers. */
  readonly low: number
  readonly high: number
  /** Values with their rows, most frequent first; empty where there are more than `mostValues`. */
  readonly values: readonly { readonly text: string; readonly rows: number }[]
}

/** A column with more distinct values than this is not described value by value. */
export const mostValues = 20

async function only(engine: Engine, sql: string): Promise<Batch> {
  for await (const batch of engine.query(sql)) return batch
  throw new Error(`No row from ${sql}`)
}

async function valuesOf(engine: Engine, from: string, name: string, type: ColumnType) {
  const text = type === 'number' ? `${name}::DOUBLE` : name
  const sql = `SELECT ${text} AS value, count(*)::DOUBLE AS rows FROM ${from} WHERE ${name} IS NOT NULL GROUP BY ALL ORDER BY 2 DESC, 1`
  const found: { text: string; rows: number }[] = []
  for await (const { rows, columns } of engine.query(sql)) {
    const value = columns.get('value')!
    const count = columns.get('rows')!
    for (let row = 0; row < rows && count.type !== 'string'; row++) {
      const shown = value.type === 'string' ? value.dictionary[value.codes[row]!]! : value.values[row]!
      found.push({ text: value.type === 'boolean' ? String(shown === 1) : String(shown), rows: count.values[row]! })
    }
  }
  return found
}

type Declared = OpenDataset['dataset']['columns'][number]

/** The aggregates of a column, whose names end with its position. */
function aggregates({ name, type }: Declared, at: number): string[] {
  const column = quoteName(name)
  const day = `date_trunc('day', ${column})`
  const whole = type === 'number' ? `${column} = trunc(${column})` : type === 'date' ? `${column} = ${day}` : 'true'
  return [
    `count(${column})::DOUBLE AS n${at}`,
    `count(DISTINCT ${column})::DOUBLE AS d${at}`,
    `coalesce(bool_and(${whole}), false)::DOUBLE AS w${at}`,
    ...(type === 'number' ? [`min(${column})::DOUBLE AS l${at}`, `max(${column})::DOUBLE AS h${at}`] : []),
  ]
}

/** DuckDB's cost grows with the square of the aggregates in one query. */
const columnsPerScan = 20

/** Describes every column: a scan for every twenty of them, and one for each column of few values. */
export async function profileColumns(engine: Engine, opened: OpenDataset): Promise<ColumnProfile[]> {
  const { columns, rows } = opened.dataset
  const totals = new Map<string, number>()
  for (let at = 0; at < columns.length; at += columnsPerScan) {
    const wanted = columns.slice(at, at + columnsPerScan).flatMap((column, offset) => aggregates(column, at + offset))
    const batch = await only(engine, `SELECT ${wanted.join(', ')} FROM ${opened.from}`)
    for (const [name, column] of batch.columns) if (column.type !== 'string') totals.set(name, column.values[0]!)
  }
  const total = (letter: string, at: number) => totals.get(`${letter}${at}`) ?? Number.NaN
  const profiles: ColumnProfile[] = []
  for (const [at, { name, type }] of columns.entries()) {
    const distinct = total('d', at)
    const few = distinct <= mostValues && type !== 'date'
    profiles.push({
      name,
      type,
      whole: total('w', at) === 1,
      missing: rows - total('n', at),
      distinct,
      low: total('l', at),
      high: total('h', at),
      values: few ? await valuesOf(engine, opened.from, quoteName(name), type) : [],
    })
  }
  return profiles
}
