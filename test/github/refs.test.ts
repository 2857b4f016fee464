import { expect, test } from 'vitest'
import { commitTo, git, github, portsOf, withPull } from './fixture.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (content: Uint8Array | null) => content && new TextDecoder().decode(content)

test('resolves branches, tags and commits, and nothing else', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  git(double, '-c', 'user.name=alice', '-c', 'user.email=alice@example.com', 'tag', '-m', 'release', 'v1', commit)
  const { refs } = portsOf(double)
  expect(await refs.resolve('main')).toBe(commit)
  expect(await refs.resolve('v1')).toBe(commit)
  expect(await refs.resolve(commit)).toBe(commit)
  expect(await refs.resolve('absent')).toBeNull()
  expect(await refs.resolve('0'.repeat(40))).toBeNull()
})

test('lists and reads files of a commit, by folder too', async () => {
  const double = await github()
  await commitTo(double, 'main', { 'a.txt': 'a', 'data/x/1.csv': 'one', 'data/x/2.csv': 'two', 'data/y.csv': 'yy' })
  const { refs } = portsOf(double)
  expect((await refs.tree('main')).map(({ path }) => path)).toEqual([
    'a.txt',
    'data/x/1.csv',
    'data/x/2.csv',
    'data/y.csv',
  ])
  expect(await refs.tree('main', 'data/x')).toEqual([
    { path: 'data/x/1.csv', oid: git(double, 'rev-parse', 'main:data/x/1.csv'), bytes: 3 },
    { path: 'data/x/2.csv', oid: git(double, 'rev-parse', 'main:data/x/2.csv'), bytes: 3 },
  ])
  expect(await refs.tree('main', 'nowhere')).toEqual([])
  expect(await refs.tree('absent')).toEqual([])
  expect(text(await refs.read('main', 'data/y.csv'))).toBe('yy')
  expect(await refs.read('main', 'data')).toBeNull()
  expect(await refs.read('absent', 'a.txt')).toBeNull()
})

test('makes an orphan branch whose commits have no author of ours, and adds to it', async () => {
  const double = await github()
  await withPull(double)
  const { refs } = portsOf(double)
  const first = await refs.commit('mlwright-records', 'Add a run', new Map([['runs/churn/1/run.json', bytes('{}')]]))
  expect(git(double, 'rev-list', 'mlwright-records')).toBe(first)
  expect(git(double, 'log', '-1', '--format=%an', first)).toBe('github-actions[bot]')
  const second = await refs.commit('mlwright-records', 'Add another', new Map([['runs/churn/2/run.json', bytes('[]')]]))
  expect(git(double, 'rev-list', 'mlwright-records').split('\n')).toEqual([second, first])
  expect(git(double, 'ls-tree', '-r', '--name-only', 'mlwright-records')).toBe(
    'runs/churn/1/run.json\nruns/churn/2/run.json',
  )
})

test('keeps binary files, large files and odd text byte for byte', async () => {
  const double = await github()
  await withPull(double)
  const { refs } = portsOf(double)
  const files = new Map<string, Uint8Array>([
    ['every-byte', Uint8Array.from({ length: 700 }, (_, index) => index % 256)],
    ['large', Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251)],
    ['bom.csv', bytes('\uFEFFä,ß\r\n')],
    ['zero.txt', bytes('a\0b')],
    ['empty', new Uint8Array()],
  ])
  await refs.commit('mlwright-records', 'Add files', files)
  for (const [path, content] of files)
    expect(Buffer.compare((await refs.read('mlwright-records', path))!, content), path).toBe(0)
})

test('removes files, ignores the removal of absent ones, and commits nothing when nothing changes', async () => {
  const double = await github()
  await commitTo(double, 'main', { 'a.txt': 'a', 'b.txt': 'b' })
  const { refs } = portsOf(double)
  const removed = await refs.commit(
    'main',
    'Remove',
    new Map([
      ['a.txt', null],
      ['absent/c.txt', null],
    ]),
  )
  expect((await refs.tree('main')).map(({ path }) => path)).toEqual(['b.txt'])
  expect(
    await refs.commit(
      'main',
      'Nothing',
      new Map([
        ['b.txt', bytes('b')],
        ['a.txt', null],
      ]),
    ),
  ).toBe(removed)
})

test('two runs that publish records at once both succeed', async () => {
  const double = await github()
  await withPull(double)
  const publish = (name: string) =>
    portsOf(double).refs.commit('mlwright-records', name, new Map([[`runs/${name}`, bytes(name)]]))
  const names = ['1', '2', '3', '4', '5']
  await Promise.all(names.map(publish))
  expect(git(double, 'ls-tree', '-r', '--name-only', 'mlwright-records').split('\n')).toEqual(
    names.map((name) => `runs/${name}`),
  )
  expect(git(double, 'rev-list', '--count', 'mlwright-records')).toBe('5')
})

test('gives up in a sentence when the branch moves under it again and again', async () => {
  const double = await github()
  await commitTo(double, 'mlwright-records', { salt: 'x' })
  double.fail({ method: 'PATCH', times: 99 }, { status: 422, message: 'Update is not a fast forward' })
  await expect(
    portsOf(double).refs.commit('mlwright-records', 'Add', new Map([['a', bytes('a')]])),
  ).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      'The branch mlwright-records moved 10 times while it was written; run the job again, and let fewer jobs publish at once.',
  })
})

test('a commit whose answer is lost is not made twice', async () => {
  const double = await github()
  await withPull(double)
  double.fail({ method: 'POST', path: /git\/refs$/ }, { close: 'after' })
  const commit = await portsOf(double).refs.commit('mlwright-records', 'Add', new Map([['a', bytes('a')]]))
  expect(git(double, 'rev-list', 'mlwright-records')).toBe(commit)
})

test('names the rule when a ruleset refuses the commit', async () => {
  const double = await github()
  await commitTo(double, 'mlwright-records', { salt: 'x' })
  double.state.rulesets.set('refs/heads/mlwright-records', 'Changes must be made through a pull request.')
  await expect(
    portsOf(double).refs.commit('mlwright-records', 'Add', new Map([['a', bytes('a')]])),
  ).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      'A rule of the repository refuses commits to mlwright-records (Repository rule violations found Changes must be made through a pull request.); let GitHub Actions bypass that ruleset, or leave the branch out of it.',
  })
})

test('says how large a file may be that GitHub hands out', async () => {
  const double = await github()
  await commitTo(double, 'main', { 'a.bin': 'a' })
  const message = 'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API.'
  double.fail({ path: /git\/blobs/ }, { status: 403, message })
  await expect(portsOf(double).refs.read('main', 'a.bin')).rejects.toMatchObject({
    code: 'API_FAILED',
    message: `GitHub refuses to read a.bin of main (403: ${message}); change that and run the job again.`,
  })
})

test('reads a branch once for many files at once', async () => {
  const double = await github()
  await commitTo(double, 'main', { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  const { refs } = portsOf(double)
  await Promise.all(['a.txt', 'b.txt', 'c.txt'].map((path) => refs.read('main', path)))
  const asked = double.state.requests.map(({ path }) => path.replace(/[0-9a-f]{40}/, 'SHA').split('/telco-churn/')[1])
  expect(asked.toSorted()).toEqual(['commits/main', 'git/blobs/SHA', 'git/blobs/SHA', 'git/blobs/SHA', 'git/trees/SHA'])
})

test('lists trees that GitHub cuts short folder by folder', async () => {
  const double = await github()
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`f${index % 7}/g${index % 3}/${index}.txt`, `${index}`]),
  )
  await commitTo(double, 'main', { ...files, 'top.txt': 'top' })
  double.state.treeLimit = 12
  const { refs } = portsOf(double)
  const listed = (await refs.tree('main')).map(({ path }) => path)
  expect(listed).toEqual([...Object.keys(files), 'top.txt'].sort())
})

const bot = 'mlwright/promote/churn-production'
const stages = (version: string) => new Map([['models/churn/stages.yml', bytes(`production: ${version}\n`)]])

test('starts a branch at a commit with one parent and no author of ours', async () => {
  const double = await github()
  const onto = await commitTo(double, 'main', { 'a.txt': 'a' })
  const commit = await portsOf(double).refs.commit(bot, 'Promote churn v1', stages('v1'), { onto })
  expect(git(double, 'show', '-s', '--format=%P %an %s', commit)).toBe(`${onto} github-actions[bot] Promote churn v1`)
  expect(git(double, 'diff-tree', '-r', '--name-status', onto, commit)).toBe('A\tmodels/churn/stages.yml')
})

test('never moves by force what somebody pushed in between', async () => {
  const double = await github()
  const onto = await commitTo(double, 'main', { 'a.txt': 'a' })
  const { refs } = portsOf(double)
  await refs.commit(bot, 'Promote churn v1', stages('v1'), { onto })
  const next = await commitTo(double, 'main', { 'b.txt': 'b' })
  const made = double.state.git.writeCommit.bind(double.state.git)
  let pushed = ''
  double.state.git.writeCommit = async (...commit) => {
    double.state.git.writeCommit = made
    pushed = await commitTo(double, bot, { 'note.txt': 'wait' })
    return made(...commit)
  }
  const commit = await refs.commit(bot, 'Promote churn v2', stages('v2'), { onto: next })
  expect(git(double, 'merge-base', pushed, commit)).toBe(pushed)
  expect(text(await refs.read(bot, 'models/churn/stages.yml'))).toBe('production: v2\n')
})

test('names the rule that keeps a branch of ours from being moved', async () => {
  const double = await github()
  const { refs } = portsOf(double)
  await refs.commit(bot, 'v1', stages('v1'), { onto: await commitTo(double, 'main', { 'a.txt': 'a' }) })
  double.state.rulesets.set(`refs/heads/${bot}`, 'Cannot force-push to this branch')
  const next = await commitTo(double, 'main', { 'b.txt': 'b' })
  await expect(refs.commit(bot, 'v2', stages('v2'), { onto: next })).rejects.toMatchObject({
    code: 'API_FAILED',
    message: expect.stringMatching(/A rule of the repository refuses commits to mlwright\/promote.*force-push/),
  })
})
