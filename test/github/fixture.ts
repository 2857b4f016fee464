import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitHubPorts, githubPorts } from '@mlwright/github'
import { expect, onTestFinished } from 'vitest'
import { type GitHubDouble, type GitHubOptions, type Permissions, startGitHub } from '../github-double/src/index.ts'

const all: Permissions = {
  contents: 'write',
  'pull-requests': 'write',
  issues: 'write',
  checks: 'write',
  actions: 'write',
  deployments: 'write',
}

/** A double for one test, which must not send anything that GitHub's description forbids. */
export async function github(options: GitHubOptions = {}): Promise<GitHubDouble> {
  const double = await startGitHub(options)
  onTestFinished(async () => {
    await double.close()
    expect(double.violations).toEqual([])
  })
  return double
}

/** Ports with a token of these permissions; `waits` collects what they would have slept, in milliseconds. */
export function portsOf(double: GitHubDouble, permissions: Permissions = all, waits: number[] = []): GitHubPorts {
  return githubPorts({
    environment: {
      GITHUB_REPOSITORY: `${double.state.owner}/${double.state.name}`,
      GITHUB_API_URL: double.apiUrl,
    },
    token: double.token({ permissions }),
    sleep: async (milliseconds) => {
      waits.push(milliseconds)
    },
  })
}

/** A temporary folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-github-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Commits files to a branch of the double's repository and returns the commit. */
export async function commitTo(
  { state }: GitHubDouble,
  branch: string,
  files: Readonly<Record<string, string>>,
  from = branch,
): Promise<string> {
  const parent = await state.git.readRef(`refs/heads/${from}`)
  const entries = Object.entries(files).map(([path, content]) => ({ path, content, mode: '100644', type: 'blob' }))
  const tree = await state.git.writeTree(parent && (await state.git.find(parent, 'tree')), entries)
  const commit = await state.git.writeCommit(tree, `Write ${Object.keys(files).join(', ')}`, parent ? [parent] : [])
  await state.git.run(['update-ref', `refs/heads/${branch}`, commit])
  return commit
}

/** The repository with a pull request #1 that changes one file. */
export async function withPull(double: GitHubDouble) {
  await commitTo(double, double.state.defaultBranch, { 'README.md': 'Churn\n', 'data.csv': 'a,b\n1,2\n' })
  await commitTo(double, 'deeper', { 'mlwright.yml': 'version: 1\n' }, double.state.defaultBranch)
  return double.openPull({ branch: 'deeper' })
}

/** What git itself says of the double's repository. */
export function git(double: GitHubDouble, ...args: string[]): string {
  return execFileSync('git', ['--git-dir', double.gitFolder, ...args], { encoding: 'utf8' }).trimEnd()
}

/** Sets variables for one test: the clients of GitHub's runner read the process's own environment. */
export function inEnvironment(environment: Readonly<Record<string, string>>): void {
  const before = { ...process.env }
  for (const name of Object.keys(process.env)) if (/^(GITHUB|ACTIONS|RUNNER)_/.test(name)) delete process.env[name]
  Object.assign(process.env, environment)
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  })
}

/** Keeps what is written to standard output from the terminal; returns a function that says what it was. */
export function captureOutput(): () => string {
  const chunks: string[] = []
  const { write } = process.stdout
  process.stdout.write = (chunk: string | Uint8Array) => chunks.push(String(chunk)) > 0
  onTestFinished(() => {
    process.stdout.write = write
  })
  return () => chunks.join('')
}
