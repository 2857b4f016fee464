import { realpathSync } from 'node:fs'
import { parentPort, Worker } from 'node:worker_threads'
import { nativeLoader, onnxSessions } from '@mlwright/engines'
import { inferenceWorker } from './worker/inference-worker.ts'
import type { StartWorker } from './worker/lane.ts'

/** The argument that makes a program's thread an inference worker. */
export const workerArgument = '__inference'

/** Starts a program again as a thread that runs `workerMain`. */
export function startWorkerOf(script: string): StartWorker {
  const path = realpathSync(script)
  return () =>
    new Worker(path, { execArgv: [], argv: [workerArgument], env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' } })
}

/** What a thread does that was started with `workerArgument`. */
export async function workerMain(): Promise<void> {
  const own = process.argv[1]
  const load = nativeLoader({ folder: process.env.MLWRIGHT_NATIVES, ...(own !== undefined && { own }) })
  await inferenceWorker(parentPort!, onnxSessions({ load }))
}
