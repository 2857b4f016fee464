import { realpathSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { ServeHost } from '@mlwright/actions/serve'
import { descriptorSink, streamSink } from '@mlwright/serving'
import { inferenceArgument } from './inference-argument.ts'
import type { Terminal } from './terminal.ts'

const signals = ['SIGTERM', 'SIGINT'] as const

/** What a server needs of this program: itself as inference threads, standard output, and the signals that end it. */
export function serveHost({ environment, script, stdout }: Terminal): ServeHost {
  const path = realpathSync(script)
  const env = { ...environment, ORT_DISABLE_TELEMETRY: '1' }
  const { fd } = stdout as { fd?: number }
  return {
    start: () =>
      new Worker(path, {
        argv: [inferenceArgument],
        execArgv: [],
        env,
        resourceLimits: { maxYoungGenerationSizeMb: 8 },
      }),
    output: fd === undefined ? streamSink(stdout) : descriptorSink(fd),
    stopped: () =>
      new Promise((resolve) => {
        // A second signal ends the process at once.
        const stop = () => {
          for (const signal of signals) process.removeListener(signal, stop)
          resolve()
        }
        for (const signal of signals) process.on(signal, stop)
      }),
  }
}
