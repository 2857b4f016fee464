import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { parentPort, Worker } from 'node:worker_threads'
import { UserError } from '@mlwright/domain'
import { nativeLoader, onnxSessions } from '@mlwright/engines'
import { ApiKeys } from './http/api-keys.ts'
import { descriptorSink, rotatingFile } from './log/sinks.ts'
import { openSource } from './model/open-source.ts'
import { parsePolicy } from './routes/admin-routes.ts'
import { type ServerOptions, startServer } from './start-server.ts'
import { inferenceWorker } from './worker/inference-worker.ts'
import type { StartWorker } from './worker/lane.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The argument that makes a program's thread an inference worker. */
export const workerArgument = '__inference'

/** Threads that only hold one batch at a time need little room for new objects. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

/** Starts a program again as a thread that runs `workerMain`. */
export function startWorkerOf(script: string): StartWorker {
  const path = realpathSync(script)
  const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' }
  return () => new Worker(path, { execArgv: [], argv: [workerArgument], resourceLimits, env })
}

const loaderOf = (environment: Environment, script: string) =>
  nativeLoader({ folder: environment.MLWRIGHT_NATIVES, own: realpathSync(script) })

/** What a thread does that was started with `workerArgument`. */
export async function workerMain(): Promise<void> {
  await inferenceWorker(parentPort!, onnxSessions({ load: loaderOf(process.env, process.argv[1]!) }))
}

function number(environment: Environment, name: string): number | undefined {
  const text = environment[name]
  if (text === undefined || text === '') return undefined
  if (Number.isFinite(Number(text))) return Number(text)
  throw new UserError('INPUT_INVALID', `The variable ${name} is ${text}; it has to be a number.`)
}

const keysOf = async (path: string | undefined) => (path ? ApiKeys.parse(await readFile(path, 'utf8'), path) : null)

function logOf(environment: Environment): ServerOptions['log'] {
  const path = environment.MLWRIGHT_LOG || '-'
  if (path === 'none') return null
  const sample = number(environment, 'MLWRIGHT_LOG_SAMPLE')
  const redact = environment.MLWRIGHT_LOG_REDACT?.split(',').map((name) => name.trim())
  return {
    sink: path === '-' ? descriptorSink(1) : rotatingFile(path, { bytes: 100 * 2 ** 20, keep: 5 }),
    ...(sample !== undefined && { sample }),
    ...(redact && { redact }),
  }
}

async function optionsOf(environment: Environment, script: string): Promise<ServerOptions> {
  const path = environment.MLWRIGHT_MODEL || '/model'
  const source = await openSource(path, environment.MLWRIGHT_VERSION)
  if (!source) throw new UserError('FILE_MISSING', `There is no model at ${path}; set MLWRIGHT_MODEL.`)
  const policy = environment.MLWRIGHT_POLICY
  const seconds = number(environment, 'MLWRIGHT_TIMEOUT_SECONDS')
  const megabytes = number(environment, 'MLWRIGHT_BODY_MEGABYTES')
  return {
    name: environment.MLWRIGHT_NAME || 'model',
    source,
    policy: policy ? parsePolicy(JSON.parse(await readFile(policy, 'utf8'))) : undefined,
    start: startWorkerOf(script),
    sessions: onnxSessions({ load: loaderOf(environment, script) }),
    port: number(environment, 'PORT') ?? 8080,
    host: environment.HOST || undefined,
    lanes: number(environment, 'MLWRIGHT_THREADS'),
    queue: number(environment, 'MLWRIGHT_QUEUE'),
    timeout: seconds === undefined ? undefined : seconds * 1000,
    bodyLimit: megabytes === undefined ? undefined : megabytes * 2 ** 20,
    keys: await keysOf(environment.MLWRIGHT_API_KEYS_FILE),
    adminKeys: await keysOf(environment.MLWRIGHT_ADMIN_KEYS_FILE),
    log: logOf(environment),
    now: () => new Date(),
    note: (sentence) => process.stderr.write(`${sentence}\n`),
  }
}

/** Asks the server of this container whether it is ready: what a health check runs. */
async function healthMain(port: number): Promise<void> {
  const ready = await fetch(`http://127.0.0.1:${port}/v2/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
  process.exitCode = ready ? 0 : 1
}

/** The program of a container: serves what its environment names until SIGTERM. A thread of it runs models. */
export async function main(): Promise<void> {
  if (process.argv[2] === workerArgument) return workerMain()
  if (process.argv[2] === 'health') return healthMain(number(process.env, 'PORT') ?? 8080)
  process.env.ORT_DISABLE_TELEMETRY = '1'
  try {
    const options = await optionsOf(process.env, process.argv[1]!)
    const server = await startServer(options)
    options.note(`Serving ${options.name} ${server.traffic.policy.champion} on port ${server.port}.`)
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void server.stop())
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const known = error instanceof UserError || error.name === 'HttpError'
    process.stderr.write(`${known ? error.message : error.stack}\n`)
    process.exitCode = 1
  }
}
