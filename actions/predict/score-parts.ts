import { type OpenDataset, quoteName } from '@mlwright/data'
import { type Batch, type Column, type Engine, UserError } from '@mlwright/domain'
import type { BatchScorer, RowAnswer } from '@mlwright/serving'
import type { Parts } from './part-files.ts'
import type { RowRange } from './shard-of.ts'

export const partRows = 100_000
/** Rows that the model takes at once. */
const runRows = 4096

function slice(column: Column, start: number, end: number): Column {
  return column.type === 'string'
    ? { ...column, codes: column.codes.subarray(start, end) }
    : { ...column, values: column.values.subarray(start, end) }
}

/** Batches of at most `runRows` rows that end where a part ends. */
async function* cut(batches: AsyncIterable<Batch>, first: number): AsyncGenerator<Batch> {
  let row = first
  for await (const batch of batches)
    for (let start = 0; start < batch.rows; ) {
      const end = Math.min(batch.rows, start + runRows, start + partRows - (row % partRows))
      yield {
        rows: end - start,
        columns: new Map([...batch.columns].map(([name, column]) => [name, slice(column, start, end)])),
      }
      row += end - start
      start = end
    }
}

/** Scores rows part by part, from the first part that is not there yet. Throws `UserError` DATA_UNUSABLE where the files are damaged. */
export async function scoreParts(
  engine: Engine,
  opened: OpenDataset,
  scorer: BatchScorer,
  { start, end }: RowRange,
  parts: Parts,
  onProgress: (rows: number) => void,
): Promise<{ readonly kept: number }> {
  const rows = end - start
  let kept = 0
  while (kept < rows && (await parts.has(kept / partRows))) kept = Math.min(kept + partRows, rows)
  if (kept === rows) return { kept }
  const names = scorer.signature.columns.map(({ name }) => quoteName(name)).join(', ')
  const query = `SELECT ${names} FROM ${opened.from} LIMIT ${rows - kept} OFFSET ${start + kept}`
  let answers: RowAnswer[] = []
  let done = kept
  try {
    for await (const batch of cut(engine.query(query), kept)) {
      for (const answer of await scorer.score(batch)) answers.push(answer)
      done += batch.rows
      onProgress(done)
      if (done % partRows !== 0 && done !== rows) continue
      await parts.write(Math.ceil(done / partRows) - 1, answers)
      answers = []
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    const { message } = await opened.explain(error as Error)
    throw new UserError('DATA_UNUSABLE', message, { cause: error })
  }
  return { kept }
}
