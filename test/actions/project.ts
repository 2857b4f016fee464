import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { main } from '../../packages/cli/src/main.ts'
import { Sink } from '../cli/fixture.ts'

export type ProjectFiles = Readonly<Record<string, string | Uint8Array>>

/** A folder with just these files, committed to git; removed after the test. */
export function committed(files: ProjectFiles): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', 'commit', '--quiet', '--message=Start')
  return folder
}

/** A user's folder with these files, and without what mlwright leaves, committed to git; removed after the test. */
export function project(files: ProjectFiles): string {
  return committed({ '.gitignore': '.mlwright/\n', ...files })
}

export interface Typed {
  readonly code: number
  readonly stdout: string
  /** Everything said to a person. */
  readonly said: string
}

/** Types a command in a folder, with the PATH of this process. */
export async function type(folder: string, ...argv: string[]): Promise<Typed> {
  const [stdout, stderr] = [new Sink(), new Sink()]
  const { PATH } = process.env
  const script = fileURLToPath(import.meta.url)
  const terminal = { folder, environment: { PATH }, script, stdin: Readable.from([]), stdout, stderr }
  const code = await main(argv, terminal)
  const said = argv.includes('--json') ? stderr.text : `${stderr.text}${stdout.text}`
  return { code, stdout: stdout.text, said }
}

/** `mlwright.yml` with one model `m` on `data.csv`; each text replaces a section. */
export function configWith(parts: { model?: string; train?: string; evaluate?: string } = {}): string {
  const {
    model = 'task: classification\n    target: bought\n    positive: yes_',
    train = 'algorithm: logistic-regression',
    evaluate = 'metrics: [roc_auc]',
  } = parts
  return `version: 1
project: { name: shop }
datasets:
  visits: { source: data.csv }
models:
  m:
    dataset: visits
    ${model}
    train:
      ${train}
    evaluate:
      ${evaluate}
`
}

/** 60 visits: two thirds did not buy, and longer visits buy more often. */
export function visits(header = 'minutes,page,bought', row = (cells: string[]) => cells.join(',')): string {
  const rows = Array.from({ length: 60 }, (_, index) => {
    const minutes = ((index * 37) % 60) + 0.5
    return row([String(minutes), ['home', 'sale', 'help'][index % 3]!, minutes + (index % 7) * 4 > 52 ? 'yes_' : 'no_'])
  })
  return `${header}\n${rows.join('\n')}\n`
}

/** Holds an answer to its exit code and a sentence in what was said, and finds no stack trace in it. */
export function expectSentence(typed: Typed, code: number, sentence: string): Typed {
  expect(typed.said).toContain(sentence)
  expect(typed.said).not.toMatch(/^\s+at .*:\d+|met a bug/m)
  expect(typed.code).toBe(code)
  return typed
}
