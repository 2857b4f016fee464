import { expect, test } from 'vitest'
import { commitTo, git, github, portsOf } from './fixture.ts'

const identity = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com']

test('lists in pages of 100, one request each', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  const tag = (name: string) => `create refs/tags/${name} ${commit}\n`
  const names = Array.from({ length: 1005 }, (_, index) => `churn#staging#${index}`)
  await double.state.git.run(['update-ref', '--stdin'], names.map(tag).join(''))
  const listed = await portsOf(double).tags.list()
  expect(listed.map(({ name }) => name)).toEqual(names.toSorted())
  expect(double.state.requests.map(({ path }) => path)).toEqual(Array(11).fill('/graphql'))
})

test('tells annotated tags from lightweight ones, looks through a tag of a tag, and leaves out what is no commit', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  const at = { ...process.env, GIT_COMMITTER_DATE: '1767225600 +0200' }
  await double.state.git.run([...identity, 'tag', '-m', 'Two\n\nlines', 'churn@v1.0.0', commit], '', at as never)
  git(double, 'tag', 'light', commit)
  git(double, ...identity, '-c', 'advice.nestedTag=false', 'tag', '-m', 'Outer', 'outer', 'churn@v1.0.0')
  git(double, 'tag', 'tree', `${commit}^{tree}`)
  expect(await portsOf(double).tags.list()).toMatchObject([
    { name: 'churn@v1.0.0', commit, annotated: true, at: 1_767_225_600, message: 'Two\n\nlines' },
    { name: 'light', commit, annotated: false, at: 0, message: '', tagger: null },
    { name: 'outer', commit, annotated: true, message: 'Outer' },
  ])
})

test('creates real annotated tags that git and Refs find', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  const { tags, refs } = portsOf(double)
  await tags.create({ name: 'churn#production#7', commit, message: 'Promote churn v1.4.0' })
  expect(git(double, 'cat-file', '-t', 'churn#production#7')).toBe('tag')
  expect(await refs.resolve('churn#production#7')).toBe(commit)
  expect(double.state.requests.at(-1)?.path).toContain('/commits/churn%23production%237')
})

test('knows its own tag when the answer was lost', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  double.fail({ method: 'POST', path: /git\/refs/ }, { close: 'after' })
  expect(await portsOf(double).tags.create({ name: 'churn@v1.0.0', commit, message: 'One' })).toMatchObject({ commit })
})

test('says which commit is missing, which rule refuses, and which permission a token lacks', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  const tag = { name: 'churn@v1.0.0', commit, message: 'One' }
  await expect(portsOf(double).tags.create({ ...tag, commit: '0'.repeat(40) })).rejects.toMatchObject({
    code: 'API_FAILED',
    message: expect.stringContaining('create the tag churn@v1.0.0'),
  })
  double.state.rulesets.set('refs/tags/churn@v1.0.0', 'Cannot create ref due to creations being restricted.')
  await expect(portsOf(double).tags.create(tag)).rejects.toMatchObject({
    code: 'API_FAILED',
    message: expect.stringMatching(
      /A rule of the repository refuses the tag churn@v1.0.0 .*creations being restricted/,
    ),
  })
  await expect(portsOf(double, { contents: 'read' }).tags.create(tag)).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringContaining('`permissions: contents: write`'),
  })
})
