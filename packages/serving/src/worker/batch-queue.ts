import { type Tensor, UserError } from '@mlwright/domain'
import { HttpError } from '../http/http-error.ts'
import type { ElementType } from '../tensors/element-type.ts'
import type { Feed } from '../tensors/feed.ts'
import { type Packed, packFeeds, sliceRows, unpack } from '../tensors/packed.ts'
import type { RunAnswer } from './loaded-model.ts'

export interface BatchQueueOptions {
  readonly inputs: readonly ElementType[]
  readonly outputs: readonly ElementType[]
  /** False where the model's answer to a row may depend on the other rows. */
  readonly batching: boolean
  /** Most rows of requests that are joined. */
  readonly rows: number
  /** Requests that may wait. */
  readonly limit: number
  /** Bytes of their bodies; a single one may be larger. */
  readonly bytes: number
  /** Milliseconds from submission to answer. */
  readonly timeout: number
  /** Runs that may be under way at once. */
  readonly lanes: number
  /** Runs a batch of so many rows; null where that is not known. */
  run(feeds: Packed, rows: number | null): Promise<RunAnswer>
  /** Told after every batch: requests, rows, and microseconds in the session. */
  onBatch?(requests: number, rows: number, microseconds: number): void
}

/** What a model answers to one request. */
export interface Answer {
  readonly outputs: readonly Tensor[]
  /** Milliseconds between submission and the start of its batch. */
  readonly waited: number
}

interface Entry {
  readonly feeds: readonly Feed[]
  /** Rows, or null where the inputs disagree, so that it can only run alone. */
  readonly rows: number | null
  readonly bytes: number
  readonly submitted: number
  started: number
  done: boolean
  resolve(answer: Answer): void
  reject(error: Error): void
}

function rowsOf(feeds: readonly Feed[]): number | null {
  const rows = feeds[0]?.shape[0]
  if (rows === undefined) return null
  for (const { shape } of feeds) if (shape[0] !== rows) return null
  return rows
}

function fits(a: readonly Feed[], b: readonly Feed[]): boolean {
  for (let input = 0; input < a.length; input++) {
    const [one, other] = [a[input]!.shape, b[input]!.shape]
    if (one.length !== other.length) return false
    for (let at = 1; at < one.length; at++) if (one[at] !== other[at]) return false
  }
  return true
}

/**
 * Joins requests that wait at the same moment into one run. It flushes on `setImmediate` and when a run ends, never on a
 * timer, so a lone request waits for nothing.
 */
export class BatchQueue {
  readonly #options: BatchQueueOptions
  readonly #waiting: Entry[] = []
  readonly #running = new Set<Entry>()
  readonly #sweeper: NodeJS.Timeout
  #batching: boolean
  #scheduled = false
  #bytes = 0
  #runs = 0
  #idle: (() => void)[] = []

  constructor(options: BatchQueueOptions) {
    this.#options = options
    this.#batching = options.batching
    this.#sweeper = setInterval(() => this.#expire(), Math.min(options.timeout / 4, 250)).unref()
  }

  get length(): number {
    return this.#waiting.length
  }

  /** `bytes` is the size of the request's body. Throws HttpError 503 where the queue is full, 504 where the time is over, 400 where the model refuses the inputs. */
  submit(feeds: readonly Feed[], bytes: number): Promise<Answer> {
    const { length } = this.#waiting
    if (length >= this.#options.limit || (length > 0 && this.#bytes + bytes > this.#options.bytes))
      return Promise.reject(
        new HttpError(503, `The server is busy: ${length} requests wait; try again in a second.`, {
          'Retry-After': '1',
        }),
      )
    return new Promise((resolve, reject) => {
      const rows = rowsOf(feeds)
      this.#bytes += bytes
      this.#waiting.push({ feeds, rows, bytes, submitted: performance.now(), started: 0, done: false, resolve, reject })
      if (this.#scheduled) return
      this.#scheduled = true
      setImmediate(() => {
        this.#scheduled = false
        this.#flush()
      })
    })
  }

  /** Resolves once nothing waits and nothing runs. */
  drained(): Promise<void> {
    if (this.#waiting.length === 0 && this.#runs === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  close(): void {
    clearInterval(this.#sweeper)
  }

  #flush(): void {
    while (this.#runs < this.#options.lanes && this.#waiting.length > 0) void this.#run(this.#take())
    if (this.#waiting.length === 0 && this.#runs === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }

  #take(): Entry[] {
    const first = this.#waiting[0]!
    let rows = first.rows ?? this.#options.rows
    let count = 1
    if (this.#batching && first.rows !== null)
      for (; count < this.#waiting.length; count++) {
        const next = this.#waiting[count]!
        if (next.rows === null || rows + next.rows > this.#options.rows || !fits(first.feeds, next.feeds)) break
        rows += next.rows
      }
    return this.#leave(0, count)
  }

  #leave(start: number, count: number): Entry[] {
    const taken = this.#waiting.splice(start, count)
    for (const { bytes } of taken) this.#bytes -= bytes
    return taken
  }

  async #run(taken: Entry[]): Promise<void> {
    const batch = taken.filter(({ done }) => !done)
    if (batch.length === 0) return
    this.#runs++
    const now = performance.now()
    for (const entry of batch) {
      entry.started = now
      this.#running.add(entry)
    }
    const { inputs, outputs, onBatch } = this.#options
    try {
      const rows = batch.length === 1 ? batch[0]!.rows : batch.reduce((sum, entry) => sum + (entry.rows ?? 1), 0)
      const feeds = packFeeds(
        inputs,
        batch.map((entry) => entry.feeds),
      )
      const { packed, microseconds } = await this.#options.run(feeds, rows)
      onBatch?.(batch.length, rows ?? 1, microseconds)
      const tensors = unpack(outputs, packed)
      if (batch.length === 1) this.#settle(batch[0]!, tensors)
      else if (tensors.every(({ shape }) => shape[0] === rows)) this.#split(batch, tensors)
      else {
        this.#batching = false
        this.#again(batch)
      }
    } catch (error) {
      if (batch.length > 1 && error instanceof UserError) this.#again(batch)
      else for (const entry of batch) this.#refuse(entry, error)
    }
    this.#runs--
    this.#flush()
  }

  /** Runs each request of a batch by itself, since they cannot be answered, or told apart, together. */
  #again(batch: readonly Entry[]): void {
    for (const entry of batch) void this.#run([entry])
  }

  #split(batch: readonly Entry[], tensors: readonly Tensor[]): void {
    let start = 0
    for (const entry of batch) {
      const end = start + entry.rows!
      this.#settle(
        entry,
        tensors.map((tensor) => sliceRows(tensor, start, end)),
      )
      start = end
    }
  }

  #settle(entry: Entry, outputs: readonly Tensor[]): void {
    if (!this.#finish(entry)) return
    entry.resolve({ outputs, waited: entry.started - entry.submitted })
  }

  #refuse(entry: Entry, error: unknown): void {
    if (!this.#finish(entry)) return
    entry.reject(error instanceof UserError ? new HttpError(400, error.message) : (error as Error))
  }

  /** False where the request has its answer already. */
  #finish(entry: Entry): boolean {
    this.#running.delete(entry)
    if (entry.done) return false
    entry.done = true
    return true
  }

  #expire(): void {
    const { timeout } = this.#options
    const before = performance.now() - timeout
    const late = (entry: Entry) => entry.submitted < before
    const error = () =>
      new HttpError(504, `The model did not answer within ${timeout / 1000} s; send fewer rows, or try again.`)
    for (const entry of this.#running) if (late(entry)) this.#refuse(entry, error())
    for (let at = this.#waiting.length - 1; at >= 0; at--)
      if (late(this.#waiting[at]!)) this.#refuse(this.#leave(at, 1)[0]!, error())
  }
}
