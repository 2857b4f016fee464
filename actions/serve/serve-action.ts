import { basename, resolve } from 'node:path'
import { type Action, commonInputs, type InputValues, input } from '@mlwright/action'
import type { Ports } from '@mlwright/domain'
import { ApiKeys, type LineSink, largestBody, type StartWorker, startServer } from '@mlwright/serving'
import { classifiedColumns } from '../common/classified-columns.ts'
import { contractRules } from '../common/contract-rules.ts'
import { requiredText } from '../common/required-text.ts'
import { logOptions } from './log-options.ts'
import { readPolicy } from './read-policy.ts'
import { sourceOf } from './source-of.ts'

const megabyte = 2 ** 20

const inputs = {
  'model-path': input.text(
    'A version of the registry such as `churn@v1.4.0`, an ONNX file, or a folder of versions: `<version>.onnx` or `<version>/model.onnx`.',
  ),
  name: input.text('Name that the model is served under (default: the name of the file or folder).', {
    optional: true,
  }),
  version: input.text('Version of a single file (default: the first digits of its SHA-256).', { optional: true }),
  policy: input.text(
    'JSON file of the traffic policy: `champion`, and `challengers` with `version`, `mode` (`canary` or `shadow`), `percent` and `key`.',
    { optional: true },
  ),
  contract: input.text(
    'ODCS contract that requests have to keep, as far as one row tells (default: that of the release); `none` for none.',
    { optional: true },
  ),
  port: input.number('Port to listen on; 0 takes a free one.', { default: 8080, min: 0, max: 65_535 }),
  host: input.text('Address to listen on; `0.0.0.0` lets other machines in.', { default: '127.0.0.1' }),
  log: input.text(
    'Where the prediction log goes: a file, or `-` for standard output (default: nowhere; it holds the columns that are sent).',
    { optional: true },
  ),
  'log-sample': input.number('Share of requests that are logged.', { default: 1, min: 0, max: 1 }),
  'log-redact': input.text(
    "Columns whose values are not logged, separated by commas (default: those that the contract of the model's data classifies as confidential or restricted).",
    { optional: true },
  ),
  'log-megabytes': input.number('Size at which the log file begins anew.', { default: 100, min: 0.001 }),
  'log-keep': input.number('Older log files that stay.', { default: 5, min: 1 }),
  'api-keys-file': input.text('File with one key per line, `name:key`; without it everybody may predict.', {
    optional: true,
  }),
  'admin-keys-file': input.text('File with the keys that may change the traffic policy; without it nobody may.', {
    optional: true,
  }),
  threads: input.number('Threads that run each version.', { default: 1, min: 1, max: 64 }),
  queue: input.number('Requests that may wait for a version; more are answered with 503.', { default: 512, min: 1 }),
  timeout: input.number('Seconds that a prediction may take.', { default: 30, min: 0.1 }),
  'body-megabytes': input.number('Largest body of a request.', { default: largestBody / megabyte, min: 0.001 }),
  'working-directory': commonInputs['working-directory'],
}
type ServeInputs = InputValues<typeof inputs>

/** What a server needs of the program that it runs in. */
export interface ServeHost {
  readonly start: StartWorker
  /** Standard output, for the prediction log. */
  readonly output: LineSink
  /** Resolves once somebody asks the server to stop. */
  stopped(): Promise<void>
}

async function keysOf(path: string | undefined, { files }: Ports): Promise<ApiKeys | null> {
  return path === undefined ? null : ApiKeys.parse(await requiredText(files, path, 'keys'), path)
}

async function run(given: ServeInputs, ports: Ports, host: ServeHost) {
  const { files, runner, clock } = ports
  const path = resolve(files.absolute('.'), given.modelPath)
  const { source, model, champion } = await sourceOf(ports, path, given.modelPath, given.version)
  const rules =
    given.contract === undefined || given.contract === 'none'
      ? null
      : await contractRules(
          await requiredText(files, given.contract, 'the contract'),
          given.contract,
          given.name ?? model ?? '',
        )
  const name = given.name ?? model ?? (basename(path).replace(/\.onnx$/, '') || 'model')
  const server = await startServer({
    name,
    source: given.contract === undefined ? source : { ...source, rules: async () => rules },
    policy:
      given.policy !== undefined
        ? await readPolicy(files, given.policy)
        : champion
          ? { champion, challengers: [] }
          : undefined,
    start: host.start,
    sessions: ports.sessions,
    port: given.port,
    host: given.host,
    lanes: given.threads,
    queue: given.queue,
    timeout: given.timeout * 1000,
    bodyLimit: given.bodyMegabytes * megabyte,
    keys: await keysOf(given.apiKeysFile, ports),
    adminKeys: await keysOf(given.adminKeysFile, ports),
    log: await logOptions(given, files.absolute('.'), host.output, () => classifiedColumns(files, model ?? name)),
    now: () => clock.now(),
    note: (sentence) => runner.log(sentence),
  })
  const { policy } = server.traffic
  const shown = given.host.includes(':') ? `[${given.host}]` : given.host
  runner.log(`Serving ${name} ${policy.champion} at http://${shown}:${server.port}; /docs is a page to try it.`)
  await host.stopped()
  runner.log('Stopping: what was sent is still answered.')
  await server.stop()
  return { kind: 'Served', version: 1, name, policy: server.traffic.policy }
}

/** `mlwright serve`: an inference server that runs until it is told to stop. */
export function serveAction(host: ServeHost | null): Action {
  return {
    name: 'serve',
    description:
      'Serve an ONNX model over HTTP until it is stopped: Open Inference Protocol, MLflow, and a page to try it.',
    inputs,
    positional: ['model-path'],
    outputs: {},
    async run(given, ports) {
      if (!host) throw new Error('A server needs a program to run in.')
      const noun = await run(given as ServeInputs, ports, host)
      return { verdict: 'pass', summary: '', noun, outputs: {} }
    },
  }
}
