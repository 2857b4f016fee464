import { type Batch, type Session, UserError } from '@mlwright/domain'
import { answerLayout, type RowAnswer, readAnswers } from '../model/answer-layout.ts'
import type { ServedTensor } from '../model/served-tensor.ts'
import { readSignature, type Signature } from '../model/signature.ts'
import { elementType } from '../tensors/element-type.ts'
import { packFeeds, unpack } from '../tensors/packed.ts'
import { batchFeeds } from './batch-feeds.ts'

/** A model that scores tables, with the same tensors and the same reading of its answers as the server. */
export interface BatchScorer {
  readonly signature: Signature
  /** Whether answers have probabilities. */
  readonly scored: boolean
  /** Whether every prediction is one number. */
  readonly numeric: boolean
  /** Throws `UserError` DATA_UNUSABLE for columns that do not fit, MODEL_INVALID where the model refuses them. */
  score(batch: Batch): Promise<RowAnswer[]>
}

function served(session: Session, side: 'inputs' | 'outputs'): ServedTensor[] {
  return session[side].flatMap((tensor) => {
    const element = elementType(tensor.type)
    if (element) return [{ ...tensor, element }]
    if (side === 'outputs') return []
    throw new UserError(
      'MODEL_INVALID',
      `The model's input ${tensor.name} is of type ${tensor.type}, which cannot be fed.`,
    )
  })
}

const oneNumber = ([only, ...others]: readonly ServedTensor[]) =>
  others.length === 0 && only!.element.carrier !== 'text' && (only!.shape.length < 2 || only!.shape.at(-1) === 1)

/** Makes a scorer of an open model. Throws `UserError` MODEL_INVALID for inputs that a table cannot fill. */
export function batchScorer(session: Session): BatchScorer {
  const inputs = served(session, 'inputs')
  const outputs = served(session, 'outputs')
  const signature = readSignature(session)
  const layout = answerLayout(outputs, signature)
  const types = inputs.map(({ element }) => element)
  return {
    signature,
    scored: layout.probabilities >= 0,
    numeric: layout.probabilities < 0 && layout.label < 0 && oneNumber(outputs),
    async score(batch) {
      const tensors = unpack(types, packFeeds(types, [batchFeeds(signature, inputs, batch)]))
      const results = await session.run(new Map(inputs.map(({ name }, at) => [name, tensors[at]!])))
      const answers = outputs.map(({ name }) => results.get(name)!)
      return readAnswers(layout, outputs, answers, batch.rows)
    },
  }
}
