import type { Worker } from 'node:worker_threads'
import { UserError } from '@mlwright/domain'
import { forThread, type Packed } from '../tensors/packed.ts'
import type { RunAnswer } from './loaded-model.ts'
import type { ModelFacts, WorkerReply, WorkerRequest } from './messages.ts'

/** Starts a thread that runs `inferenceWorker`. */
export type StartWorker = () => Worker

interface Waiting {
  resolve(answer: RunAnswer): void
  reject(error: Error): void
}

/** One worker thread with one model. */
export class Lane {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #next = 0
  #closing = false
  #opening: { resolve(facts: ModelFacts): void; reject(error: Error): void } | null = null

  /** `lost` is called once when the thread ends by itself. */
  constructor(start: StartWorker, lost: (why: string) => void) {
    this.#worker = start()
    let why = 'it ended by itself'
    this.#worker.on('error', (error) => {
      why = error.message
    })
    this.#worker.on('exit', () => {
      const error = new Error(`The inference thread stopped: ${why}.`)
      this.#opening?.reject(error)
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
      if (!this.#closing) lost(why)
    })
    this.#worker.on('message', (reply: WorkerReply) => this.#receive(reply))
  }

  get busy(): boolean {
    return this.#waiting.size > 0
  }

  /** Loads the model. Throws `UserError` MODEL_INVALID where it cannot be served. */
  open(model: Uint8Array): Promise<ModelFacts> {
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject }
      this.#worker.postMessage({ open: model } satisfies WorkerRequest)
    })
  }

  /** Runs one batch. Throws `UserError` MODEL_INVALID where the model refuses its inputs. */
  run(feeds: Packed): Promise<RunAnswer> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, feeds: forThread(feeds) } satisfies WorkerRequest, [feeds.buffer])
    })
  }

  async close(): Promise<void> {
    this.#closing = true
    await this.#worker.terminate()
  }

  #receive(reply: WorkerReply): void {
    if ('opened' in reply) {
      this.#opening?.resolve(reply.opened)
      this.#opening = null
      return
    }
    const waiting = reply.id === null ? this.#opening : this.#waiting.get(reply.id)
    if (reply.id === null) this.#opening = null
    else this.#waiting.delete(reply.id)
    if ('answer' in reply) (waiting as Waiting).resolve({ packed: reply.answer, microseconds: reply.microseconds })
    else
      waiting?.reject(
        reply.failure.known ? new UserError('MODEL_INVALID', reply.failure.message) : new Error(reply.failure.message),
      )
  }
}
