import { rm, writeFile } from 'node:fs/promises'
import type { Column, Engine, Predictions } from '@mlwright/domain'
import { quoteName, quoteText } from '../sql/quote.ts'

export interface WritePredictionsOptions {
  /** Most rows that are kept (default: 100,000); a sample by the order of the keys, which are hashes. */
  readonly limit?: number
}

/** What stands in the Parquet file's own metadata, under `mlwright`. */
export interface PredictionsHeader {
  readonly version: 1
  readonly task: Predictions['task']
  readonly classes: readonly string[]
  /** Rows before sampling. */
  readonly total: number
}

interface Field {
  readonly name: string
  readonly type: string
  readonly at: (row: number) => string | number | boolean | null
}

const finite = (value: number) => (Number.isFinite(value) ? value : null)

function columnField(name: string, column: Column): Field {
  if (column.type === 'string')
    return {
      name,
      type: 'VARCHAR',
      at: (row) => (column.codes[row]! < 0 ? null : column.dictionary[column.codes[row]!]!),
    }
  const at = (row: number) => finite(column.values[row]!)
  if (column.type === 'boolean')
    return { name, type: 'BOOLEAN', at: (row) => (at(row) === null ? null : at(row) === 1) }
  return { name, type: column.type === 'date' ? 'TIMESTAMP' : 'DOUBLE', at }
}

function fields(predictions: Predictions): Field[] {
  const { keys, labels, scores, decisions, classes, columns } = predictions
  const className = (code: number) => classes[code] ?? null
  const found: Field[] = []
  if (keys) found.push({ name: 'key', type: 'UUID', at: (row) => keys[row]! })
  found.push(
    classes.length > 0
      ? { name: 'label', type: 'VARCHAR', at: (row) => className(labels[row]!) }
      : { name: 'label', type: 'DOUBLE', at: (row) => finite(labels[row]!) },
  )
  if (scores && classes.length === 0)
    found.push({ name: 'prediction', type: 'FLOAT', at: (row) => finite(scores[row]!) })
  else if (scores)
    for (const [index, name] of classes.entries())
      found.push({ name: `score_${name}`, type: 'FLOAT', at: (row) => finite(scores[row * classes.length + index]!) })
  if (decisions) found.push({ name: 'decision', type: 'VARCHAR', at: (row) => className(decisions[row]!) })
  for (const [name, column] of columns) found.push(columnField(`column_${name}`, column))
  return found
}

/** Writes predictions as zstd Parquet: `key` (128 bits), `label`, float32 scores, and the columns that are judged one by one. Returns how many rows were kept. */
export async function writePredictions(
  engine: Engine,
  path: string,
  predictions: Predictions,
  options: WritePredictionsOptions = {},
): Promise<{ rows: number; total: number }> {
  const total = predictions.labels.length
  const { keys } = predictions
  const order = Array.from({ length: total }, (_, row) => row)
  if (keys) order.sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1))
  const kept = order.slice(0, options.limit ?? 100_000)
  const columns = fields(predictions)
  const lines = kept.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map((field, i) => [`c${i}`, field.at(row)]))),
  )
  const header: PredictionsHeader = { version: 1, task: predictions.task, classes: predictions.classes, total }
  const types = columns.map(
    ({ type }, i) => `c${i}: '${type === 'TIMESTAMP' ? 'DOUBLE' : type === 'UUID' ? 'VARCHAR' : type}'`,
  )
  const select = columns.map(({ name, type }, i) => {
    const value = type === 'TIMESTAMP' ? `make_timestamp((c${i} * 86400000000)::BIGINT)` : `CAST(c${i} AS ${type})`
    return `${value} AS ${quoteName(name)}`
  })
  const temporary = `${path}.jsonl`
  try {
    await writeFile(temporary, `${lines.join('\n')}\n`)
    await engine.execute(
      `COPY (SELECT ${select.join(', ')} FROM read_json(${quoteText(temporary)}, format = 'newline_delimited', columns = {${types.join(', ')}}))
       TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {mlwright: ${quoteText(JSON.stringify(header))}})`,
    )
  } finally {
    await rm(temporary, { force: true })
  }
  return { rows: kept.length, total }
}
