import { type Engine, nearest, UserError } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { explained } from '../profile/explained.ts'
import { quoteName, quoteText } from '../sql/quote.ts'
import { readQuery } from '../sql/read-query.ts'

/** Answers of a binary classifier in file order, and what was true where it is known. */
export interface ScoredRows {
  readonly scores: Float64Array
  /** 1 where the positive class was predicted. */
  readonly predicted: Float64Array
  /** 1 for the positive class, 0 for the other, NaN where no label has arrived. */
  readonly labels: Float64Array
  /** Keys whose labels contradict each other; they count as not labelled. */
  readonly contradictory: number
}

export interface ScoredColumns {
  /** Column of the positive class's score. */
  readonly score: string
  /** Column of the predicted class; without it the score has to be at least 0.5. */
  readonly prediction?: string | undefined
  /** Column of the label, here or in `labels`. */
  readonly label: string
  /** The positive class as text; default `1` or `true`. */
  readonly positive?: string | undefined
  /** Labels that arrived later, one row per key. */
  readonly later?: { readonly labels: OpenDataset; readonly key: string } | undefined
}

function requireColumn({ dataset }: OpenDataset, name: string): string {
  const names = dataset.columns.map((column) => column.name)
  if (names.includes(name)) return quoteName(name)
  const near = nearest(name, names)
  const hint = near ? `did you mean ${near}?` : `columns there: ${names.join(', ')}.`
  throw new UserError('INPUT_INVALID', `${dataset.name} has no column ${name}; ${hint}`)
}

/** SQL that is 1 for the positive class, 0 for another, NULL where missing. */
function isPositive(column: string, positive: string | undefined): string {
  const text = `CAST(${column} AS VARCHAR)`
  const whole = positive !== undefined && /^-?\d+$/.test(positive) ? [positive, `${positive}.0`] : [positive ?? '']
  const yes =
    positive === undefined
      ? `lower(${text}) IN ('1', '1.0', 'true')`
      : `${text} IN (${whole.map(quoteText).join(', ')})`
  return `CASE WHEN ${column} IS NOT NULL THEN CAST(${yes} AS DOUBLE) END`
}

/** Reads scores, decisions and labels. Throws `UserError` INPUT_INVALID for a column that is not there. */
export async function readScoredRows(engine: Engine, opened: OpenDataset, columns: ScoredColumns): Promise<ScoredRows> {
  const { label, prediction, positive, later } = columns
  const score = `CAST(r.${requireColumn(opened, columns.score)} AS DOUBLE)`
  const decided =
    prediction === undefined
      ? `CAST(${score} >= 0.5 AS DOUBLE)`
      : isPositive(`r.${requireColumn(opened, prediction)}`, positive)
  const row = quoteName(opened.rowColumn)
  let from = `${opened.numbered} r`
  let truth = 'NULL::DOUBLE'
  let twice = '0'
  if (later) {
    const [key, value] = [requireColumn(later.labels, later.key), requireColumn(later.labels, label)]
    const text = (column: string) => `CAST(${column} AS VARCHAR)`
    from +=
      ` LEFT JOIN (SELECT ${text(key)} AS k, min(${isPositive(value, positive)}) AS low, max(${isPositive(value, positive)}) AS high ` +
      `FROM ${later.labels.from} GROUP BY 1) l ON l.k = ${text(`r.${requireColumn(opened, later.key)}`)}`
    truth = 'CASE WHEN l.low = l.high THEN l.low END'
    twice = 'CAST(coalesce(l.low <> l.high, false) AS DOUBLE)'
  } else if (opened.dataset.columns.some(({ name }) => name === label))
    truth = isPositive(`r.${quoteName(label)}`, positive)
  const sql = `SELECT ${score} AS s, ${decided} AS p, ${truth} AS y, CAST(${twice} AS DOUBLE) AS t FROM ${from} ORDER BY r.${row}`
  const batch = await explained(opened, () => readQuery(engine, sql, opened.dataset.rows))
  const values = (name: string) => {
    const column = batch.columns.get(name)
    return column === undefined || column.type === 'string' ? new Float64Array(0) : column.values
  }
  return {
    scores: values('s'),
    predicted: values('p'),
    labels: values('y'),
    contradictory: values('t').reduce((sum, each) => sum + each, 0),
  }
}
