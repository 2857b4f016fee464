import type { Tensor } from '@mlwright/domain'
import type { Reply } from '../http/reply.ts'
import { readRow } from '../model/answer-layout.ts'
import type { ServedModel } from '../model/served-model.ts'

/** The answer of `POST /predict`: one prediction, or a list in the order of the rows. */
export function predictReply(
  model: ServedModel,
  outputs: readonly Tensor[],
  rows: number,
  single: boolean,
  id: string,
): Reply {
  const read = (row: number) => {
    const { prediction, score, probabilities } = readRow(model.layout, model.outputs, outputs, row, rows)
    return probabilities === null ? { prediction } : { prediction, score, probabilities }
  }
  const head = { request_id: id, model: model.name, version: model.version }
  return {
    body: JSON.stringify(
      single ? { ...head, ...read(0) } : { ...head, predictions: Array.from({ length: rows }, (_, row) => read(row)) },
    ),
  }
}
