import type { AddressInfo } from 'node:net'
import { getHeapStatistics } from 'node:v8'
import { type Sessions, UserError } from '@mlwright/domain'
import type { ApiKeys } from './http/api-keys.ts'
import { HttpError } from './http/http-error.ts'
import { httpServer } from './http/http-server.ts'
import type { Route } from './http/route.ts'
import { within } from './http/within.ts'
import { inference } from './inference.ts'
import { type LineSink, LineWriter } from './log/line-writer.ts'
import { PredictionLog } from './log/prediction-log.ts'
import { servingMetrics } from './metrics/serving-metrics.ts'
import type { ModelSource } from './model/model-source.ts'
import { serveModel } from './model/served-model.ts'
import { adminRoutes } from './routes/admin-routes.ts'
import { feedbackRoute } from './routes/feedback-route.ts'
import { inferenceRoutes } from './routes/inference-routes.ts'
import { modelRoutes } from './routes/model-routes.ts'
import { pageRoutes } from './routes/page-routes.ts'
import type { Policy } from './traffic/policy.ts'
import { Traffic } from './traffic/traffic.ts'
import type { StartWorker } from './worker/lane.ts'

export interface ServerOptions {
  /** Name that the model is served under. */
  readonly name: string
  readonly source: ModelSource
  /** Who answers first (default: the newest version alone). */
  readonly policy?: Policy | undefined
  readonly start: StartWorker
  /** Runs quick models on the event loop, where that costs less than a thread; shadows always have threads. */
  readonly sessions?: Sessions | undefined
  readonly port: number
  /** Address to listen on (default: all). */
  readonly host?: string | undefined
  /** Threads per version (default: 1). */
  readonly lanes?: number | undefined
  /** Requests that may wait per version (default: 512). */
  readonly queue?: number | undefined
  /** Milliseconds that the model may take (default: 30,000). */
  readonly timeout?: number | undefined
  /** Most bytes of a body (default: 16 MiB, less in a container with little memory). */
  readonly bodyLimit?: number | undefined
  readonly keys?: ApiKeys | null | undefined
  readonly adminKeys?: ApiKeys | null | undefined
  /** The prediction log; null for none. */
  readonly log: { readonly sink: LineSink; readonly sample?: number; readonly redact?: readonly string[] } | null
  readonly now: () => Date
  /** A sentence for whoever watches. */
  note(sentence: string): void
}

export interface RunningServer {
  readonly port: number
  readonly traffic: Traffic
  /** Answers what is under way, then closes everything; at most `seconds` (default: 9, within the 10 that container engines give). */
  stop(seconds?: number): Promise<void>
}

const memory = getHeapStatistics().heap_size_limit
/**
 * Most bytes of a body unless somebody says so: parsed JSON takes up to some thirty times the room of its text, so that one
 * of 16 MiB would end a program in a container of 256 MB.
 */
export const largestBody = Math.min(16 * 2 ** 20, Math.floor(memory / 128))
/** Bytes of bodies that may wait for a version. */
const waitingBytes = Math.min(256 * 2 ** 20, memory / 32)
/** What may wait for a shadow; more is dropped. */
const shadowQueue = { limit: 128, bytes: Math.min(16 * 2 ** 20, memory / 64) } as const

const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }

/** Starts to listen, loads the versions of the policy and answers. Throws `UserError` where a model or the port cannot be used. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { name, source, note } = options
  const metrics = servingMetrics()
  const onDrop = (lines: number) => metrics.dropped.add([], lines)
  const onFail = (error: unknown) =>
    note(`The prediction log cannot be written, and its lines are dropped: ${(error as Error).message}.`)
  const writer = options.log && new LineWriter(options.log.sink, onDrop, onFail)
  const log = options.log && writer && new PredictionLog({ ...options.log, writer, now: options.now, onDrop })
  const traffic = new Traffic({
    now: options.now,
    async load(version, shadow) {
      if (!/^[ -~]+$/.test(version))
        throw new UserError(
          'INPUT_INVALID',
          `The version ${version} cannot stand in a header of an answer; name it in ASCII, such as v1.4.0.`,
        )
      const file = await source.read(version)
      const rules = (await source.rules?.(version)) ?? null
      if (rules && rules.left_out.length > 0 && !shadow)
        note(
          `Requests of ${name} ${version} are held to the contract, but for what needs SQL or other rows: ${rules.left_out.join('; ')}.`,
        )
      return serveModel(name, version, file, {
        start: options.start,
        rules,
        ...given({ lanes: options.lanes, timeout: options.timeout }),
        ...(options.sessions && !shadow && { sessions: options.sessions }),
        ...(shadow ? shadowQueue : { limit: options.queue ?? 512, bytes: waitingBytes }),
        onBatch(_requests, rows, microseconds) {
          metrics.batchRows.observe([version], rows)
          metrics.inference.observe([version], microseconds / 1e6)
        },
        onRestart(why) {
          metrics.restarts.add([version])
          note(`An inference thread of ${name} ${version} was lost and starts again: ${why}`)
        },
      })
    },
    onChange(change) {
      metrics.policies.add([])
      const { by, from, to } = change
      if (from) note(`${by} changed the traffic policy of ${name} to ${JSON.stringify(to)}.`)
      log?.policy({ ...change })
    },
  })
  metrics.metrics.gauge('mlwright_queue_requests', 'Requests that wait for a model.', () =>
    traffic.models.reduce((sum, { waiting }) => sum + waiting, 0),
  )
  let stopping = false
  const checkModel = (asked: string) => {
    if (asked !== name) throw new HttpError(404, `There is no model ${asked.slice(0, 100)} here; ${name} is served.`)
  }
  const routes: Route[] = [
    ...inferenceRoutes(inference({ traffic, metrics, log }), checkModel),
    ...modelRoutes({ traffic, checkModel, open: () => !stopping }),
    ...adminRoutes(traffic),
    ...pageRoutes({ traffic, metrics, protected: Boolean(options.keys) }),
    feedbackRoute(log, metrics),
  ]
  const { server, stop } = httpServer({
    routes,
    metrics,
    keys: options.keys ?? null,
    adminKeys: options.adminKeys ?? null,
    bodyLimit: options.bodyLimit ?? largestBody,
    onBug: (error) => note(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      const why = taken ? `port ${options.port} is taken; choose another one` : error.message
      reject(new UserError('INPUT_INVALID', `The server cannot listen: ${why}.`, { cause: error }))
    })
    server.listen(options.port, options.host, resolve)
  })
  try {
    const newest = (await source.versions()).at(-1)
    if (newest === undefined)
      throw new UserError('FILE_MISSING', 'There is no version to serve: the folder has no .onnx file.')
    await traffic.apply(options.policy ?? { champion: newest, challengers: [] }, 'start')
  } catch (error) {
    server.close()
    throw error
  }
  return {
    port: (server.address() as AddressInfo).port,
    traffic,
    async stop(seconds = 9) {
      stopping = true
      const end = performance.now() + seconds * 1000 + 500
      await stop(seconds)
      // Neither a model nor a reader of the log that hangs may keep the process alive.
      await within(end, traffic.close())
      if (writer) await within(end, writer.close())
    },
  }
}
