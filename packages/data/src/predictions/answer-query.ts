import { type Batch, type Engine, nearest, UserError } from '@mlwright/domain'
import { timeSql } from '../log/request-sql.ts'
import type { OpenDataset } from '../open/open-dataset.ts'
import { explained } from '../profile/explained.ts'
import { quoteName } from '../sql/quote.ts'
import { readQuery } from '../sql/read-query.ts'

/** Labels that arrived later, one row per key. */
export interface LaterLabels {
  readonly labels: OpenDataset
  readonly key: string
}

/** Where labels and times of answers stand. */
export interface AnswerColumns {
  /** Column of the label, here or in `later`. */
  readonly label: string
  readonly later?: LaterLabels | undefined
  /** Column of times, by which the rows are ordered. */
  readonly time?: string | undefined
}

/** What answers of every kind come with, row by row. */
export interface AnswerRows {
  /** The place of each row in its file, from 1; rows are in the order of their times where these are known. */
  readonly rows: Float64Array
  /** Milliseconds since 1970, NaN where unknown; null without a column of times. */
  readonly times: Float64Array | null
  /** Keys whose labels contradict each other; they count as not labelled. */
  readonly contradictory: number
}

/** The sum of the numbers that are known. */
export const sumOf = (values: Float64Array): number => values.reduce((sum, each) => sum + (each || 0), 0)

/** A column in SQL. Throws `UserError` INPUT_INVALID where it is not there. */
export function requireColumn({ dataset }: OpenDataset, name: string): string {
  const names = dataset.columns.map((column) => column.name)
  if (names.includes(name)) return quoteName(name)
  const near = nearest(name, names)
  const hint = near ? `did you mean ${near}?` : `columns there: ${names.join(', ')}.`
  throw new UserError('INPUT_INVALID', `${dataset.name} has no column ${name}; ${hint}`)
}

/** The numbers of a column of the answer. */
export function numbersOf(batch: Batch, name: string): Float64Array {
  const column = batch.columns.get(name)
  return column === undefined || column.type === 'string' ? new Float64Array(0) : column.values
}

/** Labels that are numbers; NaN where unknown, also where none is known. */
export function labelNumbers(batch: Batch): Float64Array {
  const column = batch.columns.get('y')
  return column && column.type !== 'string' ? column.values : new Float64Array(batch.rows).fill(Number.NaN)
}

/**
 * Reads answers beside their labels. `select` is SQL by name over the rows `r`; `truth` makes SQL of the label of its
 * column, which the answer has as `y`.
 */
export async function readAnswers(
  engine: Engine,
  opened: OpenDataset,
  { label, later, time }: AnswerColumns,
  select: Readonly<Record<string, string>>,
  truth: (column: string, of: OpenDataset) => string,
): Promise<AnswerRows & { readonly batch: Batch }> {
  const row = `r.${quoteName(opened.rowColumn)}`
  const at = time === undefined ? 'NULL::DOUBLE' : timeSql(`r.${requireColumn(opened, time)}`)
  const here = opened.dataset.columns.some(({ name }) => name === label)
  const text = (column: string) => `CAST(${column} AS VARCHAR)`
  let from = `${opened.numbered} r`
  let known = here ? truth(`r.${quoteName(label)}`, opened) : 'NULL'
  let twice = 'false'
  if (later) {
    const [key, value] = [requireColumn(later.labels, later.key), requireColumn(later.labels, label)]
    const own = text(`r.${requireColumn(opened, later.key)}`)
    const labels = `(SELECT ${text(key)} AS k, min(${truth(value, later.labels)}) AS low, max(${truth(value, later.labels)}) AS high FROM ${later.labels.from} GROUP BY 1)`
    from += ` LEFT JOIN ${labels} l ON l.k = ${own}`
    known = 'CASE WHEN l.low = l.high THEN l.low END'
    twice = 'coalesce(l.low <> l.high, false)'
  }
  const columns = Object.entries({
    ...select,
    y: known,
    i: `CAST(${row} AS DOUBLE)`,
    m: at,
    t: `CAST(${twice} AS DOUBLE)`,
  })
  const order = time === undefined ? row : `${at} NULLS LAST, ${row}`
  const sql = `SELECT ${columns.map(([name, value]) => `${value} AS ${name}`).join(', ')} FROM ${from} ORDER BY ${order}`
  const batch = await explained(opened, () => readQuery(engine, sql, opened.dataset.rows))
  return {
    batch,
    rows: numbersOf(batch, 'i'),
    times: time === undefined ? null : numbersOf(batch, 'm'),
    contradictory: sumOf(numbersOf(batch, 't')),
  }
}
