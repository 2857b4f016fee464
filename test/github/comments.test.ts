import { expect, test } from 'vitest'
import { github, portsOf, withPull } from './fixture.ts'

const marker = '<!-- mlwright:report -->'
const body = (text: string) => `${marker}\n${text}`

test('finds its own comment by marker and author on any page', async () => {
  const double = await github()
  await withPull(double)
  const { state } = double
  const add = (author: string, text: string) =>
    state.comments.push({
      id: state.nextId(),
      issue: 1,
      author,
      body: text,
      created: '2026-01-01T00:00:00Z',
      updated: '2026-01-01T00:00:00Z',
    })
  for (let index = 0; index < 230; index++) add('alice', `Comment ${index}`)
  add('mallory', body('not ours'))
  add('github-actions[bot]', 'ours, without the marker')
  add('github-actions[bot]', body('ours'))
  const found = await portsOf(double).comments.find(1, marker)
  expect(found.map((comment) => comment.body)).toEqual([body('ours')])
})

test('creates, updates and removes', async () => {
  const double = await github()
  await withPull(double)
  const { comments } = portsOf(double)
  const created = await comments.create(1, body('first'))
  expect(created.url).toBe(`https://github.com/acme/telco-churn/pull/1#issuecomment-${created.id}`)
  expect(await comments.update(created.id, body('second'))).toEqual({ ...created, body: body('second') })
  expect(await comments.find(1, marker)).toEqual([{ ...created, body: body('second') }])
  await comments.remove(created.id)
  await comments.remove(created.id)
  expect(await comments.find(1, marker)).toEqual([])
})

test('says null for a comment that was deleted meanwhile', async () => {
  const double = await github()
  await withPull(double)
  const { comments } = portsOf(double)
  const created = await comments.create(1, body('first'))
  double.state.comments.length = 0
  expect(await comments.update(created.id, body('second'))).toBeNull()
})

test('two runs that comment at once leave one comment, the oldest', async () => {
  const double = await github()
  await withPull(double)
  const made = await Promise.all(['a', 'b', 'c'].map((text) => portsOf(double).comments.create(1, body(text))))
  expect(double.state.comments).toHaveLength(1)
  const [left] = double.state.comments
  expect(made.map(({ id }) => id)).toEqual([left!.id, left!.id, left!.id])
})

test('a comment whose answer is lost is not there twice', async () => {
  const double = await github()
  await withPull(double)
  double.fail({ method: 'POST', path: /comments$/ }, { close: 'after' })
  await portsOf(double).comments.create(1, body('once'))
  expect(double.state.comments).toHaveLength(1)
})

test('a comment that is too long is refused in a sentence', async () => {
  const double = await github()
  await withPull(double)
  await expect(portsOf(double).comments.create(1, body('x'.repeat(65_536)))).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      'GitHub answered 422 when asked to comment on pull request #1 (Validation Failed: Body is too long (maximum is 65536 characters)); change what the message names and run the job again.',
  })
})

test('a token that may only read is told the permission it lacks', async () => {
  const double = await github()
  await withPull(double)
  const { comments } = portsOf(double, { contents: 'read', 'pull-requests': 'read' })
  expect(await comments.find(1, marker)).toEqual([])
  await expect(comments.create(1, body('x'))).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message:
      'The token may not comment on pull request #1 (403: Resource not accessible by integration); add `permissions: pull-requests: write` to the job. Runs for forks and for Dependabot never get more than read access.',
  })
})
