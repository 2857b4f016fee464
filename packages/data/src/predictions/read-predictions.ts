import { type Column, classCodes, type Engine, type Predictions, UserError } from '@mlwright/domain'
import { quoteText } from '../sql/quote.ts'
import { readQuery } from '../sql/read-query.ts'
import { shortRows } from '../sql/short-rows.ts'
import type { PredictionsHeader } from './write-predictions.ts'

async function readHeader(engine: Engine, path: string): Promise<PredictionsHeader | null> {
  const sql = `SELECT decode(value) AS v FROM parquet_kv_metadata(${quoteText(path)}) WHERE decode(key) = 'mlwright'`
  const text = (await shortRows(engine, sql).catch(() => []))[0]?.[0]
  if (typeof text !== 'string') return null
  const header = JSON.parse(text) as PredictionsHeader
  if (header.version !== 1)
    throw new UserError('RECORD_INVALID', `${path} is of version ${header.version}; this mlwright reads version 1.`)
  return header
}

function numbersOf(column: Column | undefined): Float64Array {
  return column !== undefined && column.type !== 'string' ? column.values : new Float64Array(0)
}

/** Reads what `writePredictions` wrote; `total` is the number of rows before sampling. Throws `UserError` RECORD_INVALID for any other file. */
export async function readPredictions(engine: Engine, path: string): Promise<Predictions & { readonly total: number }> {
  const header = await readHeader(engine, path)
  if (header === null)
    throw new UserError('RECORD_INVALID', `${path} holds no predictions of mlwright; remove it, or train again.`)
  const [[rows]] = (await shortRows(engine, `SELECT count(*) AS n FROM read_parquet(${quoteText(path)})`)) as [[number]]
  const columns = await shortRows(
    engine,
    `SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(${quoteText(path)}))`,
  )
  const hasKey = columns.some(([name]) => name === 'key')
  const keySql = hasKey ? ` REPLACE (replace(CAST(key AS VARCHAR), '-', '') AS key)` : ''
  const table = await readQuery(engine, `SELECT *${keySql} FROM read_parquet(${quoteText(path)})`, rows)
  const { task, classes, total } = header
  const label = table.columns.get('label') ?? { type: 'number', values: new Float64Array(0) }
  const key = table.columns.get('key')
  const decision = table.columns.get('decision')
  const scores = classes.map((name) => numbersOf(table.columns.get(`score_${name}`)))
  const scored = scores.length > 0 && scores.every((values) => values.length === rows)
  const prediction = table.columns.get('prediction')
  return {
    task,
    classes,
    total,
    keys: key?.type === 'string' ? Array.from(key.codes, (code) => key.dictionary[code]!) : null,
    labels: classes.length > 0 ? Float64Array.from(classCodes(label, classes)) : numbersOf(label),
    scores: scored ? interleave(scores, rows) : classes.length === 0 && prediction ? numbersOf(prediction) : null,
    decisions: decision ? classCodes(decision, classes) : null,
    columns: new Map(
      [...table.columns]
        .filter(([name]) => name.startsWith('column_'))
        .map(([name, column]) => [name.slice(7), column]),
    ),
  }
}

/** One array per class to rows × classes. */
export function interleave(scores: readonly Float64Array[], rows: number): Float64Array {
  const result = new Float64Array(rows * scores.length)
  for (const [index, values] of scores.entries())
    for (let row = 0; row < rows; row++) result[row * scores.length + index] = values[row]!
  return result
}
