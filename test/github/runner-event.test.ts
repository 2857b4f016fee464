import { readFileSync } from 'node:fs'
import { runnerEvent } from '@mlwright/github'
import { expect, test } from 'vitest'
import type { RunOptions } from '../github-double/src/index.ts'
import { commitTo, github, temporaryFolder, withPull } from './fixture.ts'

async function eventOf(double: Awaited<ReturnType<typeof github>>, options: Omit<RunOptions, 'folder'>) {
  const environment = await double.environment({ folder: temporaryFolder(), ...options })
  return runnerEvent(environment, readFileSync(environment.GITHUB_EVENT_PATH!, 'utf8'))
}

test('a pull request is tested as its merge commit and checked on its head', async () => {
  const double = await github({ private: true, defaultBranch: 'trunk' })
  const { headCommit, mergeCommit } = await withPull(double)
  expect(await eventOf(double, { event: 'pull_request', pull: 1, attempt: 2 })).toEqual({
    name: 'pull_request',
    repository: { owner: 'acme', name: 'telco-churn', id: 700, private: true },
    commit: mergeCommit,
    branch: 'deeper',
    defaultBranch: 'trunk',
    headCommit,
    baseCommit: null,
    pullRequest: { number: 1, fork: false },
    origin: null,
    run: { id: 4242, attempt: 2, url: 'https://github.com/acme/telco-churn/actions/runs/4242/attempts/2' },
    actor: 'alice',
    serverUrl: 'https://github.com',
  })
})

test('knows a fork, and one that is gone', async () => {
  const double = await github()
  await withPull(double)
  await commitTo(double, 'theirs', { 'x.txt': 'x' }, 'main')
  const fork = { owner: 'mallory', id: 999 }
  await double.openPull({ branch: 'theirs', fork })
  await double.openPull({ branch: 'theirs', fork, deletedFork: true })
  for (const pull of [2, 3])
    expect((await eventOf(double, { event: 'pull_request', pull })).pullRequest).toEqual({ number: pull, fork: true })
})

test('a push compares with the commit before it, the first push of a branch with none', async () => {
  const double = await github()
  const before = await commitTo(double, 'main', { 'a.txt': 'a' })
  const commit = await commitTo(double, 'main', { 'a.txt': 'b' })
  const push = (payload: Record<string, unknown>) => eventOf(double, { event: 'push', payload })
  expect(await push({ before })).toMatchObject({
    name: 'push',
    commit,
    headCommit: commit,
    branch: 'main',
    baseCommit: before,
  })
  expect((await push({ before: '0'.repeat(40) })).baseCommit).toBeNull()
})

test('a merge group compares with its base', async () => {
  const double = await github()
  const base_sha = await commitTo(double, 'main', { 'a.txt': 'a' })
  const branch = 'gh-readonly-queue/main/pr-1-abc'
  const head_sha = await commitTo(double, branch, { 'a.txt': 'b' }, 'main')
  expect(
    await eventOf(double, { event: 'merge_group', branch, payload: { merge_group: { base_sha, head_sha } } }),
  ).toMatchObject({
    name: 'merge_group',
    commit: head_sha,
    headCommit: head_sha,
    baseCommit: base_sha,
    branch,
  })
})

test('a run about another run says which, and checks go on that commit', async () => {
  const double = await github()
  await withPull(double)
  const workflow_run = {
    id: 17,
    run_attempt: 3,
    head_sha: 'f'.repeat(40),
    head_branch: 'theirs',
    head_repository: { id: 999, owner: { login: 'mallory' } },
    event: 'pull_request',
  }
  expect(await eventOf(double, { event: 'workflow_run', payload: { workflow_run } })).toMatchObject({
    name: 'workflow_run',
    headCommit: 'f'.repeat(40),
    branch: 'theirs',
    origin: {
      run: 17,
      attempt: 3,
      commit: 'f'.repeat(40),
      branch: 'theirs',
      owner: 'mallory',
      repository: 999,
      event: 'pull_request',
    },
  })
})

test('dispatches and schedules run on a branch, and what is not known is `other`', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  for (const event of ['workflow_dispatch', 'schedule'] as const)
    expect(await eventOf(double, { event })).toMatchObject({
      name: event,
      commit,
      headCommit: commit,
      branch: 'main',
      baseCommit: null,
    })
  expect(runnerEvent({ GITHUB_EVENT_NAME: 'issues', GITHUB_REF: 'refs/tags/v1' }, '')).toMatchObject({
    name: 'other',
    branch: null,
  })
})

test('is local outside GitHub Actions, and public where the event does not say', () => {
  expect(runnerEvent({}, '')).toMatchObject({ name: 'local', repository: null, commit: null, run: null })
  expect(runnerEvent({ GITHUB_REPOSITORY: 'acme/churn', GITHUB_REPOSITORY_ID: '5' }, '').repository).toEqual({
    owner: 'acme',
    name: 'churn',
    id: 5,
    private: false,
  })
})
