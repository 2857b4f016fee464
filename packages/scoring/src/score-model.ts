import { type Batch, type Column, type Predictions, type Session, type Task, UserError } from '@mlwright/domain'
import { alignScores } from './align-scores.ts'
import { modelFeeds } from './model-feeds.ts'
import { readOutputs } from './model-outputs.ts'

/** Rows to score, and what is true of them. */
export interface ScoreRequest {
  readonly task: Task
  readonly classes: readonly string[]
  readonly features: readonly { readonly name: string; readonly type: Column['type'] }[]
  readonly table: Batch
  /** Rows of the table to score, in this order. */
  readonly rows: Int32Array
  /** One id and one label per row of the table. */
  readonly keys: readonly string[]
  readonly labels: Float64Array
  /** Columns of the table that travel with the predictions. */
  readonly columns: readonly string[]
  readonly onProgress?: (done: number, total: number) => void
}

const batchRows = 10_000

function takeColumn(column: Column, rows: Int32Array): Column {
  return column.type === 'string'
    ? { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) }
    : { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
}

/**
 * Scores rows with an ONNX model: one named [N,1] tensor per feature, or one float [N,F] tensor in their order.
 * @throws UserError MODEL_INVALID where the model's inputs, outputs or numbers are not what the features and classes ask for.
 */
export async function scoreModel(session: Session, request: ScoreRequest): Promise<Predictions> {
  const { classes, columns, features, keys, labels, rows, table, task } = request
  if (session.outputs.some((output) => output.type === 'other'))
    throw new UserError(
      'MODEL_INVALID',
      "The model gives its probabilities as a map (ZipMap); export it with options={'zipmap': False}.",
    )
  const feeds = modelFeeds(session, features, table)
  const width = task === 'regression' ? 1 : classes.length
  const scores = new Float64Array(rows.length * width)
  const decided = new Int32Array(rows.length)
  const has = { scores: true, labels: true }
  for (let start = 0; start < rows.length; start += batchRows) {
    const part = rows.subarray(start, start + batchRows)
    const read = readOutputs(await session.run(feeds(part)), session.outputs, task, classes, part.length)
    if (read.scores) scores.set(read.scores, start * width)
    else has.scores = false
    if (read.labels) decided.set(read.labels, start)
    else has.labels = false
    request.onProgress?.(Math.min(start + batchRows, rows.length), rows.length)
  }
  return {
    task,
    classes,
    keys: Array.from(rows, (row) => keys[row]!),
    labels: Float64Array.from(rows, (row) => labels[row]!),
    scores: has.scores
      ? has.labels && task === 'classification'
        ? alignScores(scores, decided, width)
        : scores
      : null,
    decisions: has.scores ? null : decided,
    columns: new Map(
      columns.map((name) => {
        const column = table.columns.get(name)
        if (!column) throw new UserError('CONFIG_INVALID', `The data has no column ${name} to judge by.`)
        return [name, takeColumn(column, rows)]
      }),
    ),
  }
}
