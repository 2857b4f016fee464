import { HttpError } from '../http/http-error.ts'
import type { Packed } from '../tensors/packed.ts'
import { Lane, type StartWorker } from './lane.ts'
import type { RunAnswer } from './loaded-model.ts'
import type { ModelFacts } from './messages.ts'

export interface LanesOptions {
  readonly start: StartWorker
  /** How many threads. */
  readonly count: number
  /** Told when a thread was lost and is started again. */
  readonly onRestart?: ((why: string) => void) | undefined
}

const longestPause = 10_000

/** The threads of one model; one that is lost is started again. */
export class Lanes {
  readonly #options: LanesOptions
  readonly #file: Uint8Array
  readonly #lanes: Lane[] = []
  #opening: Promise<ModelFacts> | null = null
  #closing = false
  #pause = 100

  constructor(file: Uint8Array, options: LanesOptions) {
    this.#file = file
    this.#options = options
  }

  /** False before the threads are open and while all of them are lost. */
  get ready(): boolean {
    return this.#lanes.length > 0
  }

  /** Starts the threads, once. Throws `UserError` MODEL_INVALID where the model cannot be served. */
  open(): Promise<ModelFacts> {
    this.#opening ??= Promise.all(Array.from({ length: this.#options.count }, () => this.#open())).then(
      ([facts]) => facts!,
      (error) => {
        this.#opening = null
        throw error
      },
    )
    return this.#opening
  }

  /** Runs a batch on a thread that has nothing to do, if there is one. Throws HttpError 503 while all are lost. */
  async run(feeds: Packed): Promise<RunAnswer> {
    if (!this.#opening || !this.ready) await this.open()
    const lane = this.#lanes.find(({ busy }) => !busy) ?? this.#lanes[0]
    if (lane) return lane.run(feeds)
    throw new HttpError(503, 'The model is being loaded again; try again in a second.', { 'Retry-After': '1' })
  }

  async close(): Promise<void> {
    this.#closing = true
    await this.#opening?.catch(() => {})
    await Promise.all(this.#lanes.splice(0).map((lane) => lane.close()))
  }

  async #open(): Promise<ModelFacts> {
    const lane = new Lane(this.#options.start, (why) => {
      const at = this.#lanes.indexOf(lane)
      if (at < 0) return
      this.#lanes.splice(at, 1)
      this.#options.onRestart?.(why)
      void this.#restart()
    })
    try {
      const facts = await lane.open(this.#file)
      this.#lanes.push(lane)
      return facts
    } catch (error) {
      await lane.close()
      throw error
    }
  }

  async #restart(): Promise<void> {
    while (!this.#closing) {
      await new Promise((resolve) => setTimeout(resolve, this.#pause))
      this.#pause = Math.min(this.#pause * 2, longestPause)
      if (await this.#open().catch(() => null)) break
    }
    if (this.#closing) for (const lane of this.#lanes.splice(0)) await lane.close()
  }
}
