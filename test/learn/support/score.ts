import type { Batch } from '@mlwright/domain'
import { InferenceSession, Tensor } from 'onnxruntime-node'

export interface Scores {
  readonly labels: readonly string[]
  /** Row-major; one column for a regression. */
  readonly values: Float32Array
}

/** Scores rows of a table with onnxruntime. */
export async function score(model: Uint8Array, table: Batch, rows: ArrayLike<number>): Promise<Scores> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 })
  const feeds: Record<string, Tensor> = {}
  for (const name of session.inputNames) {
    const column = table.columns.get(name)!
    const { length } = rows
    const shape = [length, 1]
    const pick = Array.from(rows)
    if (column.type === 'string')
      feeds[name] = new Tensor(
        'string',
        pick.map((row) => column.dictionary[column.codes[row]!] ?? ''),
        shape,
      )
    else if (column.type === 'date')
      feeds[name] = new Tensor(
        'float64',
        Float64Array.from(pick, (row) => column.values[row]!),
        shape,
      )
    else
      feeds[name] = new Tensor(
        'float32',
        Float32Array.from(pick, (row) => column.values[row]!),
        shape,
      )
  }
  const answer = await session.run(feeds)
  await session.release()
  const values = (answer.probabilities ?? answer.prediction)!.data as Float32Array
  return { labels: (answer.label?.data ?? []) as unknown as string[], values }
}
