import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface ActRun {
  readonly act: string
  readonly node: string
  /** Folder of programs that steps find before the system's. */
  readonly path?: string | undefined
  readonly repository: string
  /** A folder for the event file and the home directory. */
  readonly folder: string
  readonly event: string
  /** File in `.github/workflows`. */
  readonly workflow: string
  readonly payload: unknown
  readonly actions: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly token: string
}

export interface ActResult {
  /** `success` or `failure` by job id; a skipped job is absent. */
  readonly jobs: Readonly<Record<string, string>>
  readonly log: string
}

/** Runs a workflow of a repository with act in self-hosted mode, seeing nothing of this process's environment. */
export async function runAct(options: ActRun): Promise<ActResult> {
  const eventFile = join(options.folder, 'event.json')
  writeFileSync(eventFile, JSON.stringify(options.payload))
  const pairs = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value])
  const args = [
    options.event,
    ...['-e', eventFile, '-W', `.github/workflows/${options.workflow}`, '--json', '-a', 'alice'],
    ...['-P', 'ubuntu-latest=-self-hosted', '--action-offline-mode', '--no-cache-server'],
    ...pairs('--local-repository', options.actions),
    ...['--env-file', '--secret-file', '--var-file', '--input-file'].flatMap((flag) => [flag, '/dev/null']),
    ...pairs(
      '--env',
      Object.entries(options.environment).map(([name, value]) => `${name}=${value}`),
    ),
    ...['-s', `GITHUB_TOKEN=${options.token}`],
  ]
  const env = {
    PATH: `${dirname(options.node)}${options.path ? `:${options.path}` : ''}:/usr/local/bin:/usr/bin:/bin`,
    HOME: options.folder,
    TERM: 'dumb',
    LANG: 'C.UTF-8',
  }
  const child = spawn(options.act, args, { cwd: options.repository, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  await new Promise((resolve) => child.on('close', resolve))
  return { jobs: jobsOf(text), log: logOf(text) }
}

function linesOf(text: string): Record<string, unknown>[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)]
    } catch {
      return line.trim() === '' ? [] : [{ msg: line }]
    }
  })
}

function jobsOf(text: string): Record<string, string> {
  const results = linesOf(text).filter(({ jobResult }) => typeof jobResult === 'string')
  return Object.fromEntries(results.map(({ job, jobID, jobResult }) => [nameOf(job ?? jobID), String(jobResult)]))
}

const nameOf = (job: unknown) => String(job).split('/').at(-1)!.trim()

function logOf(text: string): string {
  const lines = linesOf(text).filter(({ level }) => level !== 'debug')
  return lines.map(({ job, msg }) => `${job ? `[${nameOf(job)}] ` : ''}${String(msg ?? '').trimEnd()}`).join('\n')
}
