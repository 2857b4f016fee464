import type { Reply } from '../http/reply.ts'
import type { RowAnswer } from '../model/answer-layout.ts'
import type { ServedModel } from '../model/served-model.ts'

const shown = ({ prediction, score, probabilities }: RowAnswer) =>
  probabilities === null ? { prediction } : { prediction, score, probabilities }

/** The answer of `POST /predict`: one prediction, or a list in the order of the rows. */
export function predictReply(model: ServedModel, answers: readonly RowAnswer[], single: boolean, id: string): Reply {
  const head = { request_id: id, model: model.name, version: model.version }
  return {
    body: JSON.stringify(single ? { ...head, ...shown(answers[0]!) } : { ...head, predictions: answers.map(shown) }),
  }
}
