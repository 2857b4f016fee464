import type { MessagePort } from 'node:worker_threads'
import { type Sessions, UserError } from '@mlwright/domain'
import { forThread } from '../tensors/packed.ts'
import { type LoadedModel, loadModel } from './loaded-model.ts'
import type { WorkerReply, WorkerRequest } from './messages.ts'

/** What a worker thread does: opens one model, then runs it on what comes, until the port closes. */
export function inferenceWorker(port: MessagePort, sessions: Sessions): Promise<void> {
  let loaded: LoadedModel | null = null
  const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  const fail = (id: number | null) => (error: unknown) =>
    reply({
      id,
      failure: { message: error instanceof Error ? error.message : String(error), known: error instanceof UserError },
    })

  async function open(model: Uint8Array): Promise<void> {
    loaded = await loadModel(sessions, model)
    reply({ opened: loaded.facts })
  }
  async function run(id: number, feeds: Parameters<LoadedModel['run']>[0]): Promise<void> {
    const { packed, microseconds } = await loaded!.run(feeds)
    reply({ id, answer: forThread(packed), microseconds }, [packed.buffer])
  }

  return new Promise((resolve) => {
    port.on('close', resolve)
    port.on('message', (message: WorkerRequest) => {
      if ('open' in message) open(message.open).catch(fail(null))
      else run(message.id, message.feeds).catch(fail(message.id))
    })
  })
}
