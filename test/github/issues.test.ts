import { expect, test } from 'vitest'
import { github, portsOf, withPull } from './fixture.ts'

const marker = '<!-- mlwright:drift model=churn -->'
const body = (text: string) => `${marker}\n${text}`
const title = 'Data drift: churn'

test('finds its own issue by marker and author on any page, and takes no pull request for one', async () => {
  const double = await github()
  const pull = await withPull(double)
  pull.body = body('a pull request')
  const add = (author: string, text: string) =>
    double.state.issues.push({ number: double.state.issues.length + 2, author, title, body: text, state: 'closed' })
  add('github-actions[bot]', body('ours'))
  add('mallory', body('not ours'))
  for (let index = 0; index < 230; index++) add('alice', `Issue ${index}`)
  const found = await portsOf(double).issues.find(marker)
  expect(found.map((issue) => issue.body)).toEqual([body('ours')])
})

test('two runs that open one at once leave one open, the oldest', async () => {
  const double = await github()
  const made = await Promise.all(
    ['a', 'b', 'c'].map((text) => portsOf(double).issues.create({ title, body: body(text) })),
  )
  const { issues } = double.state
  expect(issues.filter(({ state }) => state === 'open').map(({ number }) => number)).toEqual([1])
  expect(made.map(({ number }) => number)).toEqual([1, 1, 1])
})

test('an issue whose answer is lost is not there twice', async () => {
  const double = await github()
  double.fail({ method: 'POST', path: /issues$/ }, { close: 'after' })
  await portsOf(double).issues.create({ title, body: body('once') })
  expect(double.state.issues.filter(({ state }) => state === 'open')).toHaveLength(1)
})

test('a token that may only read is told the permission it lacks', async () => {
  const double = await github()
  const { issues } = portsOf(double, { contents: 'read', issues: 'read' })
  expect(await issues.find(marker)).toEqual([])
  await expect(issues.create({ title, body: body('x') })).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message:
      'The token may not open an issue (403: Resource not accessible by integration); add `permissions: issues: write` to the job. Runs for forks and for Dependabot never get more than read access.',
  })
})
