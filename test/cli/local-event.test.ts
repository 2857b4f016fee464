import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { githubRepository, localEvent } from '../../packages/cli/src/local-event.ts'
import { temporaryFolder } from './fixture.ts'

describe('githubRepository', () => {
  it.each([
    ['https://github.com/acme/churn.git', 'acme/churn'],
    ['https://github.com/acme/churn', 'acme/churn'],
    ['https://user:secret@github.com/acme/churn.io.git', 'acme/churn.io'],
    ['git@github.com:acme/churn.git', 'acme/churn'],
    ['ssh://git@github.com:22/acme/churn.git', 'acme/churn'],
    ['https://example.com/acme/churn.git', null],
    ['https://github.com.example.com/acme/churn.git', null],
    ['/srv/git/churn.git', null],
  ])('reads %s as %s', (remote, expected) => {
    const found = githubRepository(remote)
    expect(found && `${found.owner}/${found.name}`).toBe(expected)
  })
})

function repository(branch: string) {
  const folder = temporaryFolder()
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
  git('init', '--quiet', '-b', branch)
  git('config', 'init.defaultBranch', 'trunk')
  writeFileSync(join(folder, 'a.txt'), 'a')
  git('add', '.')
  git('commit', '--quiet', '-m', 'a')
  return { folder, git }
}

describe('localEvent', () => {
  it('takes the default branch from the remote, else from the branches that exist', () => {
    const { folder, git } = repository('master')
    git('checkout', '--quiet', '-b', 'feature')
    expect(localEvent(folder)).toMatchObject({
      name: 'local',
      repository: null,
      branch: 'feature',
      commit: git('rev-parse', 'HEAD'),
      defaultBranch: 'master',
    })
    git('branch', 'trunk')
    expect(localEvent(folder).defaultBranch).toBe('trunk')
    git('remote', 'add', 'origin', 'git@github.com:acme/churn.git')
    git('update-ref', 'refs/remotes/origin/develop', 'HEAD')
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop')
    expect(localEvent(folder)).toMatchObject({
      repository: { owner: 'acme', name: 'churn' },
      defaultBranch: 'develop',
    })
  })

  it('works outside a repository', () => {
    expect(localEvent(temporaryFolder())).toMatchObject({ repository: null, commit: null, branch: null })
  })
})
