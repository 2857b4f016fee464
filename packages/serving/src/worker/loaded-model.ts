import { type Session, type Sessions, UserError } from '@mlwright/domain'
import { type ElementType, elementType } from '../tensors/element-type.ts'
import { type Packed, packTensors, unpack } from '../tensors/packed.ts'
import type { ModelFacts } from './messages.ts'

/** The answer to one batch, and how long the session took. */
export interface RunAnswer {
  readonly packed: Packed
  readonly microseconds: number
}

/** A model in this thread. */
export interface LoadedModel {
  readonly facts: ModelFacts
  run(feeds: Packed): Promise<RunAnswer>
  close(): Promise<void>
}

/** Inputs or outputs with the types that can be served; throws for an input of another one. */
function typed(session: Session, side: 'inputs' | 'outputs') {
  return session[side].flatMap(({ name, type }): { name: string; type: ElementType }[] => {
    const known = elementType(type)
    if (known) return [{ name, type: known }]
    if (side === 'outputs') return []
    throw new UserError(
      'MODEL_INVALID',
      `The model's input ${name} is of type ${type}, which cannot be served; export it with a tensor of numbers or text.`,
    )
  })
}

/** Loads a model. Throws `UserError` MODEL_INVALID where it cannot be served. */
export async function loadModel(sessions: Sessions, model: Uint8Array): Promise<LoadedModel> {
  const session = await sessions.open(model)
  const [inputs, outputs] = [typed(session, 'inputs'), typed(session, 'outputs')]
  if (outputs.length === 0)
    throw new UserError(
      'MODEL_INVALID',
      'The model has no output that is a tensor; a scikit-learn classifier is exported with zipmap=False.',
    )
  const types = { inputs: inputs.map(({ type }) => type), outputs: outputs.map(({ type }) => type) }
  return {
    facts: {
      inputs: session.inputs,
      outputs: session.outputs.filter(({ type }) => elementType(type)),
      metadata: session.metadata,
    },
    async run(feeds) {
      const started = performance.now()
      const tensors = unpack(types.inputs, feeds)
      const results = await session.run(new Map(inputs.map(({ name }, at) => [name, tensors[at]!])))
      const packed = packTensors(
        types.outputs,
        outputs.map(({ name }) => results.get(name)!),
      )
      return { packed, microseconds: (performance.now() - started) * 1000 }
    },
    close: () => session.close(),
  }
}
