import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished } from 'vitest'
import { configWith, type ProjectFiles, type, visits } from './project.ts'

/** git in a folder, as Alice; its output. */
export function git(folder: string, ...args: string[]): string {
  const alice = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com']
  return execFileSync('git', [...alice, ...args], { cwd: folder, encoding: 'utf8' }).trim()
}

/** What a command that prints JSON printed. */
export async function json(folder: string, ...argv: string[]) {
  const { code, said, stdout } = await type(folder, ...argv, '--json')
  return { code, said, noun: stdout === '' ? null : JSON.parse(stdout) }
}

/** Trains, judges and registers what is committed. */
export async function registerNext(folder: string): Promise<void> {
  for (const words of [['run', 'experiment'], ['register']]) {
    const { code, said } = await type(folder, ...words)
    expect(code, said).toBe(0)
  }
}

const gated = (train: string) =>
  configWith({ train, evaluate: 'metrics: [roc_auc, accuracy]\n      gates: { roc_auc: { min: 0.5 } }' })

/** A repository with one or more registered versions of the model m, each of the files that it changes; made once for a test file. */
export async function registeredProject(...versions: readonly ProjectFiles[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-registered-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  git(folder, 'init', '--quiet', '--initial-branch=main')
  for (const files of versions) {
    for (const [path, content] of Object.entries({ '.gitignore': '.mlwright/\n', ...files }))
      writeFileSync(join(folder, path), content)
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message=Change')
    await registerNext(folder)
  }
  return folder
}

/** v0.0.1 on 60 rows, and v0.0.2 on 58 with other params. */
export const twoVersions: readonly ProjectFiles[] = [
  { 'mlwright.yml': gated('algorithm: logistic-regression'), 'data.csv': visits() },
  {
    'mlwright.yml': gated('algorithm: logistic-regression\n      params: { l2: 4 }'),
    'data.csv': `${visits().trimEnd().split('\n').slice(0, -2).join('\n')}\n`,
  },
]

/** A copy that a test may break. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'mlwright-copy-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Every file below a folder with its content, to see that nothing changed. */
export function contentOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map(({ name, parentPath }) => join(parentPath, name)).sort()
  return new Map(paths.map((path) => [path, readFileSync(path, 'base64')]))
}
