import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RegistryEvent, RegistryState } from '@mlwright/registry'

/** A Python that has gto; without it gto's tests are skipped. */
export const gtoPython = process.env.MLWRIGHT_TEST_GTO

const environment = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  GIT_AUTHOR_NAME: 'Alice',
  GIT_AUTHOR_EMAIL: 'alice@example.com',
  GIT_COMMITTER_NAME: 'Alice',
  GIT_COMMITTER_EMAIL: 'alice@example.com',
  GIT_AUTHOR_DATE: '1000000000 +0000',
  GIT_COMMITTER_DATE: '1000000000 +0000',
  PYTHONWARNINGS: 'ignore',
} as Record<string, string>

/** The environment of a tagger whose clock stands at `at`. */
export const clockAt = (at: number) => ({ ...environment, GIT_COMMITTER_DATE: `${at} +0000` })

/** A repository of some commits that are older than every tag, and their ids. */
export function repository(commits: number): { folder: string; ids: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-gto-'))
  const git = (args: string[], input = '') =>
    execFileSync('git', args, { cwd: folder, env: environment, input, encoding: 'utf8' }).trim()
  git(['init', '--quiet', '--initial-branch=main'])
  const lines = Array.from({ length: commits }, (_, at) => [
    'commit refs/heads/main',
    `mark :${at + 1}`,
    `committer Alice <alice@example.com> ${1_000_000_000 + at} +0000`,
    'data 2',
    'Go',
    '',
  ])
  git(['fast-import', '--quiet'], lines.flat().join('\n'))
  return { folder, ids: git(['rev-list', '--reverse', 'main']).split('\n') }
}

const python = (script: string, args: string[], input: readonly unknown[]) =>
  execFileSync(gtoPython!, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    env: environment,
    input: input.map((each) => `${JSON.stringify(each)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1e9,
  })

export interface GtoStep {
  readonly do: 'register' | 'deregister' | 'assign' | 'unassign' | 'deprecate'
  readonly at: number
  readonly name: string
  readonly [argument: string]: string | number | boolean
}

/** gto writes a history. */
export const writeWithGto = (folder: string, steps: readonly GtoStep[]) => {
  python('write-with-gto.py', [folder], steps)
}

interface GtoReading {
  readonly show: Record<string, { version: string | null; stage: Record<string, string | null>; active: boolean }>
  readonly versions: Record<string, { version: string; commit: string }[]>
  readonly history: GtoEvent[]
  readonly checked: Record<string, [string, string, string | null, string | null][]>
}

export interface GtoEvent {
  readonly timestamp: string
  readonly artifact: string
  readonly event: RegistryEvent['event']
  readonly version: string | null
  readonly stage: string | null
  readonly commit: string
  readonly ref: string
}

/** What gto finds in some repositories. */
export function readWithGto(requests: readonly { folder: string; refs: readonly string[] }[]): GtoReading[] {
  return python('read-with-gto.py', [], requests)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** One of gto's commands with `--json`. */
export function gtoCommand<T>(folder: string, ...args: string[]): T {
  return JSON.parse(
    execFileSync(gtoPython!, ['-m', 'gto.cli', ...args, '--json'], { cwd: folder, env: environment, encoding: 'utf8' }),
  ) as T
}

/** gto's answers in our shape. */
export function stateOfGto({ show, versions }: Pick<GtoReading, 'show' | 'versions'>): RegistryState {
  const names = Object.keys(show).sort()
  return {
    models: Object.fromEntries(
      names
        .filter((name) => show[name]!.active)
        .map((name) => [
          name,
          {
            latest: show[name]!.version,
            // gto lists the commit of an unregistered assignment as a version too, twice.
            versions: versions[name]!.filter(({ version, commit }) => version !== commit),
            stages: Object.fromEntries(
              Object.entries(show[name]!.stage).flatMap(([stage, version]) => (version ? [[stage, version]] : [])),
            ),
          },
        ]),
    ),
    deprecated: names.filter((name) => !show[name]!.active),
  }
}

/** gto's history, newest first, in our shape. */
export const eventsOfGto = (history: readonly GtoEvent[]): RegistryEvent[] =>
  history.map(({ timestamp, artifact, event, version, stage, commit, ref }) => ({
    at: Date.parse(timestamp) / 1000,
    model: artifact,
    event,
    version,
    stage,
    commit,
    tag: ref,
  }))
