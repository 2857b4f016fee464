import { expect, test } from 'vitest'
import { commitTo, git, github, portsOf, withPull } from './fixture.ts'

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

test.each(['merge', 'squash', 'rebase', 'queue'] as const)('knows what %s made of a pull request', async (how) => {
  const double = await github()
  await withPull(double)
  await commitTo(double, 'deeper', { 'second.txt': '2' })
  await commitTo(double, 'main', { 'meanwhile.txt': 'm' })
  const { pulls } = portsOf(double)
  double.state.pulls[0]!.labels.push('mlwright:major')
  const before = git(double, 'rev-parse', 'main')
  const pushed = await double.mergePull(1, how)
  const merged = await pulls.get(1)
  expect(merged).toMatchObject({ open: false, mergeCommit: pushed.after, labels: ['mlwright:major'] })
  expect(pushed).toMatchObject({ ref: 'refs/heads/main', before, after: git(double, 'rev-parse', 'main') })
  expect(pushed.commits.at(-1)?.id).toBe(pushed.after)
  expect((await pulls.containing(pushed.after)).map(({ number }) => number)).toEqual([1])
  expect(await pulls.containing(before)).toEqual([])
  expect(git(double, 'ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual(
    expect.arrayContaining(['meanwhile.txt', 'mlwright.yml', 'second.txt']),
  )
})

test('says what a token or a branch lacks to open a pull request', async () => {
  const double = await github()
  await withPull(double)
  const wanted = { branch: 'main', base: 'deeper', title: 'x', body: '' }
  await expect(portsOf(double).pulls.open(wanted)).rejects.toMatchObject({
    code: 'API_FAILED',
    message: expect.stringContaining('No commits between deeper and main'),
  })
  await commitTo(double, 'other', { 'x.txt': 'x' }, 'main')
  const readOnly = portsOf(double, { 'pull-requests': 'read' }).pulls
  await expect(readOnly.open({ ...wanted, branch: 'other', base: 'main' })).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringContaining('`permissions: pull-requests: write`'),
  })
  await expect(readOnly.edit(1, { title: 'y' })).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
})

test('opens one pull request though two runs do so at once, and its workflows wait for an approval', async () => {
  const double = await github()
  await withPull(double)
  await commitTo(double, 'other', { 'x.txt': 'x' }, 'main')
  const wanted = { branch: 'other', base: 'main', title: 'x', body: '' }
  const opened = await Promise.all([1, 2].map(() => portsOf(double).pulls.open(wanted)))
  expect(opened.map((pull) => pull?.number)).toEqual([2, 2])
  expect(double.state.triggers).toEqual([{ event: 'pull_request', subject: '#2', approval: true }])
})
