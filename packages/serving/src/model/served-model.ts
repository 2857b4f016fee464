import { createHash } from 'node:crypto'
import type { Sessions, TensorInfo } from '@mlwright/domain'
import { HttpError } from '../http/http-error.ts'
import { elementType } from '../tensors/element-type.ts'
import type { Feed } from '../tensors/feed.ts'
import { packFeeds } from '../tensors/packed.ts'
import { type Answer, BatchQueue } from '../worker/batch-queue.ts'
import { Lane, type StartWorker } from '../worker/lane.ts'
import { QuickLane, quickRows } from '../worker/quick-lane.ts'
import { type AnswerLayout, answerLayout } from './answer-layout.ts'
import { answersRowByRow, probeRow } from './answers-row-by-row.ts'
import type { ServedTensor } from './served-tensor.ts'
import { readSignature, type Signature } from './signature.ts'

export interface ServeModelOptions {
  readonly start: StartWorker
  /** Threads that run the model (default: 1). */
  readonly lanes?: number
  /** Requests that may wait (default: 512). */
  readonly limit?: number
  /** Milliseconds from submission to answer (default: 30,000). */
  readonly timeout?: number
  /** Loads the model into the event loop as well, for small batches, where it is quick; without it only threads run it. */
  readonly sessions?: Sessions
  readonly onBatch?: (requests: number, rows: number, microseconds: number) => void
  /** Told when a thread was lost and is started again. */
  readonly onRestart?: (why: string) => void
}

/** A version of a model that answers requests. */
export interface ServedModel {
  readonly name: string
  readonly version: string
  /** SHA-256 of the file, hex. */
  readonly digest: string
  readonly inputs: readonly ServedTensor[]
  readonly outputs: readonly ServedTensor[]
  readonly signature: Signature
  readonly layout: AnswerLayout
  readonly batching: boolean
  /** False while a lost thread is started again. */
  readonly ready: boolean
  readonly waiting: number
  /** Feeds are in the order of `inputs`. Throws HttpError. */
  infer(feeds: readonly Feed[]): Promise<Answer>
  /** Answers what waits, then ends its threads. */
  close(): Promise<void>
}

const served = (tensors: readonly TensorInfo[]): ServedTensor[] =>
  tensors.map((tensor) => ({ ...tensor, element: elementType(tensor.type)! }))
const longestPause = 10_000

/** Loads a model into threads of its own. Throws `UserError` MODEL_INVALID where it cannot be served. */
export async function serveModel(
  name: string,
  version: string,
  file: Uint8Array,
  options: ServeModelOptions,
): Promise<ServedModel> {
  const count = options.lanes ?? 1
  const lanes: Lane[] = []
  let closing = false
  let pause = 100

  async function openLane() {
    const lane = new Lane(options.start, (why) => {
      const at = lanes.indexOf(lane)
      if (at < 0) return
      lanes.splice(at, 1)
      options.onRestart?.(why)
      void restart()
    })
    try {
      const facts = await lane.open(file)
      lanes.push(lane)
      return facts
    } catch (error) {
      await lane.close()
      throw error
    }
  }
  async function restart(): Promise<void> {
    while (!closing) {
      await new Promise((resolve) => setTimeout(resolve, pause))
      pause = Math.min(pause * 2, longestPause)
      const opened = await openLane().catch(() => null)
      if (opened) break
    }
    if (closing) for (const lane of lanes.splice(0)) await lane.close()
  }

  const [facts] = await Promise.all(Array.from({ length: count }, openLane))
  const inputs = served(facts!.inputs)
  const outputs = served(facts!.outputs)
  const signature = readSignature(facts!)
  const types = { inputs: inputs.map(({ element }) => element), outputs: outputs.map(({ element }) => element) }
  const run = (feeds: Parameters<Lane['run']>[0]) => {
    const lane = lanes.find(({ busy }) => !busy) ?? lanes[0]
    if (!lane)
      throw new HttpError(503, 'The model is being loaded again; try again in a second.', { 'Retry-After': '1' })
    return lane.run(feeds)
  }
  const batching = await answersRowByRow(facts!, types.inputs, types.outputs, async (feeds) => run(feeds))
  const row = facts!.inputs.map((input, at) => probeRow(input, types.inputs[at]!, 1))
  const probe = () => packFeeds(types.inputs, batching ? new Array(quickRows).fill(row) : [row])
  const quick = options.sessions ? await QuickLane.open(options.sessions, file, probe).catch(() => null) : null
  const queue = new BatchQueue({
    ...types,
    batching,
    limit: options.limit ?? 512,
    timeout: options.timeout ?? 30_000,
    lanes: count,
    run: async (feeds, rows) => (rows !== null && quick?.takes(rows) ? quick.run(feeds) : run(feeds)),
    ...(options.onBatch && { onBatch: options.onBatch }),
  })
  return {
    name,
    version,
    digest: createHash('sha256').update(file).digest('hex'),
    inputs,
    outputs,
    signature,
    layout: answerLayout(outputs, signature),
    batching,
    get ready() {
      return lanes.length > 0
    },
    get waiting() {
      return queue.length
    },
    infer: (feeds) => queue.submit(feeds),
    async close() {
      await queue.drained()
      closing = true
      queue.close()
      await Promise.all([...lanes.splice(0), ...(quick ? [quick] : [])].map((lane) => lane.close()))
    },
  }
}
