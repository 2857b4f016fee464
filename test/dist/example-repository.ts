import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { GitHubDouble } from '../github-double/src/index.ts'
import type { OpenPull } from '../github-double/src/open-pull.ts'
import { root } from './bundled-step.ts'

/** A temporary folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-dist-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** The example in a repository on the double, with a pull request whose merge commit is checked out. */
export async function pullRequest(double: GitHubDouble, folder: string, fork?: OpenPull['fork']) {
  cpSync(join(root, 'examples/telco-churn'), folder, { recursive: true })
  writeFileSync(join(folder, '.gitignore'), '.mlwright/\n')
  git(folder, 'init', '--quiet', '--initial-branch=main')
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message=Start')
  git(folder, 'checkout', '--quiet', '-b', 'smaller')
  const config = execFileSync('git', ['show', 'HEAD:mlwright.yml'], { cwd: folder, encoding: 'utf8' })
  writeFileSync(join(folder, 'mlwright.yml'), config.replace('rounds: 100, leaves: 31', 'rounds: 20, leaves: 8'))
  git(folder, 'commit', '--quiet', '--all', '--message=Smaller trees')
  for (const branch of ['main', 'smaller'])
    await double.state.git.run(['fetch', '--quiet', '--force', folder, `${branch}:${branch}`])
  const pull = await double.openPull({ branch: 'smaller', ...(fork && { fork }) })
  git(folder, 'fetch', '--quiet', double.gitFolder, `refs/pull/${pull.number}/merge`)
  git(folder, 'checkout', '--quiet', '--detach', pull.mergeCommit)
  return pull
}
