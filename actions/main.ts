import { mkdirSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { lazyEngines, runAction } from '@mlwright/action'
import type { Ports } from '@mlwright/domain'
import { githubPorts } from '@mlwright/github'
import { LocalFiles, LocalGit, ShellProcess } from '@mlwright/workspace'
import { type ActionName, actions } from './index.ts'

const environment = process.env

/** The argument that makes this program the cage of a contract's own SQL. */
const cageArgument = '__cage'

const input = (name: string) => environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]?.trim() || undefined

/** Where GITHUB.md says that natives are, in its order. */
function places() {
  const own = realpathSync(process.argv[1]!)
  return {
    folder: environment.MLWRIGHT_NATIVES,
    own,
    toolCache: environment.RUNNER_TOOL_CACHE ?? join(tmpdir(), 'mlwright-tools'),
    registry: environment.npm_config_registry,
    lock: async () => JSON.parse(await readFile(join(dirname(own), 'natives.json'), 'utf8').catch(() => 'null')),
  }
}

async function natives() {
  const { nativeLoader } = await import('@mlwright/engines')
  return nativeLoader(places())
}

const onnxruntime = async (architecture: string) => {
  const { nativePackages } = await import('@mlwright/engines')
  return nativePackages(places()).onnxruntime(architecture)
}

/** The engines, imported at their first use. */
const engines = () =>
  lazyEngines({
    async engine() {
      const { cageEnvironment, duckDb } = await import('@mlwright/engines')
      return duckDb({
        load: await natives(),
        temporaryFolder: join(environment.RUNNER_TEMP ?? tmpdir(), `mlwright-${process.pid}`),
        cage: { script: process.argv[1]!, arguments: [cageArgument], environment: cageEnvironment(environment) },
      })
    },
    async sessions() {
      environment.ORT_DISABLE_TELEMETRY = '1'
      const { onnxSessions } = await import('@mlwright/engines')
      return onnxSessions({ load: await natives() })
    },
  })

/** The ports of a job on GitHub. */
function ports(): { ports: Ports; close(): Promise<void> } {
  const folder = resolve(environment.GITHUB_WORKSPACE ?? '.', input('working-directory') ?? '.')
  mkdirSync(folder, { recursive: true })
  const { engine, sessions, close } = engines()
  const github = githubPorts({ environment, token: input('token') ?? '' })
  const local = {
    files: new LocalFiles(folder),
    git: new LocalGit(folder),
    process: new ShellProcess(environment),
    natives: { onnxruntime },
    engine,
    sessions,
  }
  const all: unknown = Object.defineProperties(local, Object.getOwnPropertyDescriptors(github))
  return { ports: all as Ports, close }
}

/** Runs one action as the runner calls it: inputs from the environment, outputs to the runner's files. */
export async function main(name: ActionName): Promise<void> {
  if (process.argv[2] === cageArgument) {
    const { cageMain } = await import('@mlwright/engines')
    return cageMain(await natives())
  }
  // What unpacks artifacts calls `new Buffer()`: nothing that whoever reads the log could change.
  // Node makes it read-only where it runs with --no-deprecation.
  if (!process.noDeprecation) process.noDeprecation = true
  const { default: action } = await actions[name]()
  const { ports: all, close } = ports()
  const { exitCode } = await runAction(action, input, all)
  await close()
  process.exitCode = exitCode === 0 ? 0 : 1
}
