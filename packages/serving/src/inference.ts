import type { Tensor } from '@mlwright/domain'
import type { Reply } from './http/reply.ts'
import type { Answered, PredictionLog } from './log/prediction-log.ts'
import type { ServingMetrics } from './metrics/serving-metrics.ts'
import { type RowAnswer, readAnswers } from './model/answer-layout.ts'
import type { ServedModel } from './model/served-model.ts'
import type { Feed } from './tensors/feed.ts'
import { keyValue } from './traffic/key-value.ts'
import type { Traffic } from './traffic/traffic.ts'

/** A request of any protocol, once its body is read. */
export interface InferenceRequest {
  readonly id: string
  readonly route: string
  header(name: string): string | undefined
  /** What the first row has in a column, which need not be the model's; undefined where nothing was sent. */
  column(name: string): unknown
  /** The version that the caller asks for. */
  readonly forced: string | undefined
  /** `performance.now()` when the body was complete. */
  readonly received: number
  /** Bytes of the body. */
  readonly bytes: number
  /** The request as tensors of a model, in the order of its inputs. */
  feeds(model: ServedModel): readonly Feed[]
  encode(model: ServedModel, outputs: readonly Tensor[], rows: number, answers: () => readonly RowAnswer[]): Reply
}

export interface Inference {
  answer(request: InferenceRequest): Promise<Reply>
}

const rowsOf = (feeds: readonly Feed[]) => feeds[0]?.shape[0] ?? 1

/** Answers requests under the traffic policy: metrics, the prediction log and the shadows come after the answer. */
export function inference(parts: {
  readonly traffic: Traffic
  readonly metrics: ServingMetrics
  readonly log: PredictionLog | null
}): Inference {
  const { traffic, metrics, log } = parts

  async function shade(shadow: ServedModel, request: InferenceRequest, champion: () => Answered): Promise<void> {
    const started = performance.now()
    try {
      const feeds = request.feeds(shadow)
      const { outputs } = await shadow.infer(feeds, request.bytes)
      metrics.shadow.add([shadow.version, 'answered'])
      metrics.rows.add([shadow.version, 'shadow'], rowsOf(feeds))
      const milliseconds = performance.now() - started
      if (!log?.sampled(request.id)) return
      const answers = readAnswers(shadow.layout, shadow.outputs, outputs, rowsOf(feeds))
      log.predicted({ id: request.id, model: shadow, feeds, answers, milliseconds }, champion())
    } catch (error) {
      const full = (error as { status?: number }).status === 503
      metrics.shadow.add([shadow.version, full ? 'dropped' : 'failed'])
    }
  }

  return {
    async answer(request) {
      const { id, received, route } = request
      const { model, role, shadows } = traffic.deal((key) => keyValue(key, request), id, request.forced)
      const feeds = request.feeds(model)
      model.check?.(feeds)
      const rows = rowsOf(feeds)
      const { outputs } = await model.infer(feeds, request.bytes)
      let answers: readonly RowAnswer[] | null = null
      const read = () => {
        answers ??= readAnswers(model.layout, model.outputs, outputs, rows)
        return answers
      }
      const reply = request.encode(model, outputs, rows, read)
      const milliseconds = performance.now() - received
      metrics.latency.observe([route, model.version], milliseconds / 1000)
      metrics.rows.add([model.version, role], rows)
      const answered = (): Answered => ({ id, model, feeds, answers: read(), milliseconds })
      if (log || shadows.length > 0)
        setImmediate(() => {
          if (log?.sampled(id)) log.predicted(answered())
          for (const shadow of shadows) void shade(shadow, request, answered)
        })
      return {
        ...reply,
        headers: { ...reply.headers, 'X-Request-Id': id, 'X-Model-Version': model.version },
      }
    },
  }
}
