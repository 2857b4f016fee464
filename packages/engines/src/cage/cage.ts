import { fork } from 'node:child_process'
import type { CageAnswer, CageRequest } from '@mlwright/domain'

/** How a process that calls `cageMain` is started. */
export interface CageStart {
  /** A JavaScript file for node: the program itself, or a file of its own. */
  readonly script: string
  /** Arguments by which the script knows what it is started for. */
  readonly arguments: readonly string[]
  /** The whole environment; see `cageEnvironment`. */
  readonly environment: Readonly<Record<string, string>>
}

/** What travels to the process: the request, and where it may spill. */
export interface CageMessage {
  readonly request: CageRequest
  readonly temporaryFolder: string
}

/** Asks a process of its own and kills it when the time is over, or when it has answered. */
export function cage(start: CageStart, request: CageRequest, temporaryFolder: string): Promise<CageAnswer> {
  return new Promise((resolve) => {
    const child = fork(start.script, start.arguments, {
      env: start.environment,
      execArgv: ['--max-old-space-size=256'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let errors = ''
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      errors = (errors + chunk).slice(-2000)
    })
    const finish = (answer: CageAnswer) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(answer)
    }
    const timer = setTimeout(
      () => finish({ refused: `The query was stopped after ${request.seconds} seconds; make it cheaper.` }),
      request.seconds * 1000,
    )
    child.on('message', (answer) => finish(answer as CageAnswer))
    child.on('error', (error) => finish({ refused: `The query's process could not be started: ${error.message}` }))
    child.on('close', () => {
      const last = errors.trim().split('\n').at(-1)
      finish({
        refused: `The query's process ended without an answer${last ? ` (${last})` : ''}; it may have run out of memory.`,
      })
    })
    child.send({ request, temporaryFolder } satisfies CageMessage, (error) => {
      if (error) finish({ refused: `The query's process could not be asked: ${error.message}` })
    })
  })
}
