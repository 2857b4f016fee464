import type { MessagePort } from 'node:worker_threads'
import { type Session, type Sessions, UserError } from '@mlwright/domain'
import { type ElementType, elementType } from '../tensors/element-type.ts'
import { packTensors, unpack } from '../tensors/packed.ts'
import type { WorkerReply, WorkerRequest } from './messages.ts'

interface Opened {
  readonly session: Session
  readonly inputs: readonly { readonly name: string; readonly type: ElementType }[]
  readonly outputs: readonly { readonly name: string; readonly type: ElementType }[]
}

/** Inputs or outputs with the types that can be served; throws for an input of another one. */
function typed(session: Session, side: 'inputs' | 'outputs') {
  return session[side].flatMap(({ name, type }) => {
    const known = elementType(type)
    if (known) return [{ name, type: known }]
    if (side === 'outputs') return []
    throw new UserError(
      'MODEL_INVALID',
      `The model's input ${name} is of type ${type}, which cannot be served; export it with a tensor of numbers or text.`,
    )
  })
}

/** What a worker thread does: opens one model, then runs it on what comes, one batch after the other, until the port closes. */
export function inferenceWorker(port: MessagePort, sessions: Sessions): Promise<void> {
  let opened: Opened | null = null
  const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  const fail = (id: number | null, error: unknown) =>
    reply({
      id,
      failure: { message: error instanceof Error ? error.message : String(error), known: error instanceof UserError },
    })

  async function open(model: Uint8Array): Promise<void> {
    const session = await sessions.open(model)
    opened = { session, inputs: typed(session, 'inputs'), outputs: typed(session, 'outputs') }
    if (opened.outputs.length === 0)
      throw new UserError(
        'MODEL_INVALID',
        'The model has no output that is a tensor; a scikit-learn classifier is exported with zipmap=False.',
      )
    const { inputs, outputs, metadata } = session
    reply({ opened: { inputs, outputs: outputs.filter(({ type }) => elementType(type)), metadata } })
  }

  async function run(id: number, feeds: Parameters<typeof unpack>[1]): Promise<void> {
    const { session, inputs, outputs } = opened!
    const started = process.hrtime.bigint()
    const tensors = unpack(
      inputs.map(({ type }) => type),
      feeds,
    )
    const results = await session.run(new Map(inputs.map(({ name }, at) => [name, tensors[at]!])))
    const answer = packTensors(
      outputs.map(({ type }) => type),
      outputs.map(({ name }) => results.get(name)!),
    )
    const microseconds = Number(process.hrtime.bigint() - started) / 1000
    reply({ id, answer, microseconds }, [answer.buffer])
  }

  return new Promise((resolve) => {
    port.on('close', resolve)
    port.on('message', (message: WorkerRequest) => {
      if ('open' in message) open(message.open).catch((error) => fail(null, error))
      else run(message.id, message.feeds).catch((error) => fail(message.id, error))
    })
  })
}
