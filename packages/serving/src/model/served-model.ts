import { createHash } from 'node:crypto'
import type { RequestRules, Sessions, TensorInfo } from '@mlwright/domain'
import { type RulesCheck, rulesCheck } from '../predict/rules-check.ts'
import { elementType } from '../tensors/element-type.ts'
import type { Feed } from '../tensors/feed.ts'
import { type Packed, packFeeds } from '../tensors/packed.ts'
import { type Answer, BatchQueue } from '../worker/batch-queue.ts'
import type { StartWorker } from '../worker/lane.ts'
import { Lanes } from '../worker/lanes.ts'
import { QuickLane } from '../worker/quick-lane.ts'
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
  /** Bytes of their bodies (default: 256 MiB). */
  readonly bytes?: number
  /** Milliseconds from submission to answer (default: 30,000). */
  readonly timeout?: number
  /** Runs small batches on the event loop where the model is quick, and starts threads for the first large one; without it only threads run it. */
  readonly sessions?: Sessions
  readonly onBatch?: (requests: number, rows: number, microseconds: number) => void
  /** What requests have to keep. */
  readonly rules?: RequestRules | null
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
  /** What requests are held to. */
  readonly rules: RequestRules | null
  /** Holds a request to the contract; null where there are no rules. */
  readonly check: RulesCheck | null
  /** False while a lost thread is started again. */
  readonly ready: boolean
  readonly waiting: number
  /** Feeds are in the order of `inputs`; `bytes` is the size of the body that they came in. Throws HttpError. */
  infer(feeds: readonly Feed[], bytes: number): Promise<Answer>
  /** Answers what waits, then ends its threads. */
  close(): Promise<void>
}

/** Most rows that are joined for a thread, and the fewest on the event loop for which it is worth to stay below them. */
const [batchRows, fewRows] = [256, 32]

const served = (tensors: readonly TensorInfo[]): ServedTensor[] =>
  tensors.map((tensor) => ({ ...tensor, element: elementType(tensor.type)! }))

/** Loads a model, into threads of its own unless the event loop can run it. Throws `UserError` MODEL_INVALID where it cannot be served. */
export async function serveModel(
  name: string,
  version: string,
  file: Uint8Array,
  options: ServeModelOptions,
): Promise<ServedModel> {
  const { rules = null } = options
  const count = options.lanes ?? 1
  const lanes = new Lanes(file, { start: options.start, count, onRestart: options.onRestart })
  let quick = options.sessions ? await QuickLane.open(options.sessions, file) : null
  const facts = quick?.facts ?? (await lanes.open())
  const inputs = served(facts.inputs)
  const outputs = served(facts.outputs)
  const signature = readSignature(facts)
  const types = { inputs: inputs.map(({ element }) => element), outputs: outputs.map(({ element }) => element) }
  const row = facts.inputs.map((input, at) => probeRow(input, types.inputs[at]!, 1))
  const probe = (rows: number) => packFeeds(types.inputs, new Array(rows).fill(row))
  if (quick && !(await quick.measure(probe, 1).catch(() => false))) {
    await quick.close()
    quick = null
    await lanes.open()
  }
  const run = (feeds: Packed) => (quick ?? lanes).run(feeds)
  const batching = await answersRowByRow(facts, types.inputs, types.outputs, run)
  if (batching) await quick?.measure(probe, batchRows)
  const queue = new BatchQueue({
    ...types,
    batching,
    rows: quick && quick.rows >= fewRows ? quick.rows : batchRows,
    limit: options.limit ?? 512,
    bytes: options.bytes ?? 256 * 2 ** 20,
    timeout: options.timeout ?? 30_000,
    lanes: count,
    run: (feeds, rows) => (quick && rows !== null && rows <= quick.rows ? quick : lanes).run(feeds),
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
    rules,
    check: rules && rulesCheck(signature, inputs, rules),
    get ready() {
      return quick !== null || lanes.ready
    },
    get waiting() {
      return queue.length
    },
    infer: (feeds, bytes) => queue.submit(feeds, bytes),
    async close() {
      await queue.drained()
      queue.close()
      await Promise.all([lanes.close(), quick?.close()])
    },
  }
}
