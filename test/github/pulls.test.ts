import { expect, test } from 'vitest'
import { commitTo, github, portsOf, withPull } from './fixture.ts'

test('reads a pull request, and null where there is none', async () => {
  const double = await github()
  const { headCommit, baseCommit } = await withPull(double)
  const { pulls } = portsOf(double)
  expect(await pulls.get(1)).toEqual({
    number: 1,
    title: 'Pull request 1',
    body: '',
    labels: [],
    head: { commit: headCommit, branch: 'deeper', repository: 700, fork: false },
    base: { commit: baseCommit, branch: 'main' },
    open: true,
    mergeCommit: null,
  })
  expect(await pulls.get(2)).toBeNull()
})

test('finds open pull requests by owner and branch, of forks too', async () => {
  const double = await github()
  await withPull(double)
  await commitTo(double, 'theirs', { 'x.txt': 'x' }, 'main')
  await double.openPull({ branch: 'theirs', fork: { owner: 'mallory', id: 999 } })
  const { pulls } = portsOf(double)
  expect((await pulls.from('acme', 'deeper')).map(({ number }) => number)).toEqual([1])
  expect(await pulls.from('mallory', 'theirs')).toMatchObject([{ number: 2, head: { repository: 999, fork: true } }])
  expect(await pulls.from('acme', 'theirs')).toEqual([])
  double.state.pulls[0]!.state = 'closed'
  expect(await pulls.from('acme', 'deeper')).toEqual([])
})

test('counts a pull request whose fork is gone as one of a fork', async () => {
  const double = await github()
  await withPull(double)
  await commitTo(double, 'theirs', { 'x.txt': 'x' }, 'main')
  await double.openPull({ branch: 'theirs', fork: { owner: 'mallory', id: 999 }, deletedFork: true })
  expect((await portsOf(double).pulls.get(2))?.head).toMatchObject({ repository: null, fork: true })
})

test('finds the pull requests that contain a commit', async () => {
  const double = await github()
  const { headCommit, baseCommit } = await withPull(double)
  const { pulls } = portsOf(double)
  expect((await pulls.containing(headCommit)).map(({ number }) => number)).toEqual([1])
  expect(await pulls.containing(baseCommit)).toEqual([])
  expect(await pulls.containing('0'.repeat(40))).toEqual([])
})

test('a private repository hides its pull requests from a token without that permission', async () => {
  const double = await github({ private: true })
  await withPull(double)
  await expect(portsOf(double, { contents: 'read' }).pulls.get(1)).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringContaining('`permissions: pull-requests: read`'),
  })
})
