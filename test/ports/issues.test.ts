import { MemoryIssues } from '@mlwright/action'
import type { Issues } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { github, portsOf, withPull } from '../github/fixture.ts'

const subjects: readonly (readonly [string, () => Promise<Issues>])[] = [
  ['in memory', async () => new MemoryIssues()],
  [
    'on GitHub',
    async () => {
      const double = await github()
      await withPull(double)
      return portsOf(double).issues
    },
  ],
]

const marker = '<!-- mlwright:drift model=churn -->'
const body = (text: string) => `${marker}\n${text}`

describe.each(subjects)('issues %s', (_, start) => {
  test('are found by their marker, open or closed', async () => {
    const issues = await start()
    expect(await issues.find(marker)).toEqual([])
    const drift = await issues.create({ title: 'Data drift: churn', body: body('Much.') })
    await issues.create({ title: 'Data drift: fares', body: '<!-- mlwright:drift model=fares -->\nSome.' })
    expect(drift).toMatchObject({ title: 'Data drift: churn', body: body('Much.'), open: true })
    expect(await issues.find(marker)).toEqual([drift])
    const closed = await issues.update(drift.number, { state: 'closed' })
    expect(closed).toEqual({ ...drift, open: false })
    expect(await issues.find(marker)).toEqual([closed])
  })

  test('are changed in place, closed and opened again', async () => {
    const issues = await start()
    const made = await issues.create({ title: 'Data drift: churn', body: body('Much.') })
    const changed = { ...made, title: 'No drift: churn', body: body('None.'), open: false }
    expect(
      await issues.update(made.number, { title: 'No drift: churn', body: body('None.'), state: 'closed' }),
    ).toEqual(changed)
    expect(await issues.update(made.number, { state: 'open' })).toEqual({ ...changed, open: true })
  })

  test('take comments, and answer null to a change when they are gone', async () => {
    const issues = await start()
    const { number } = await issues.create({ title: 'Data drift: churn', body: body('Much.') })
    await issues.comment(number, 'Gone.')
    await issues.comment(number + 1, 'There is no such issue.')
    expect(await issues.update(number + 1, { state: 'closed' })).toBeNull()
  })

  test('of the same marker stay one, the oldest with the newest text', async () => {
    const issues = await start()
    const oldest = await issues.create({ title: 'First', body: body('First.') })
    await issues.update(oldest.number, { state: 'closed' })
    expect(await issues.create({ title: 'Second', body: body('Second.') })).toEqual({
      ...oldest,
      title: 'Second',
      body: body('Second.'),
    })
    expect(await issues.find(marker)).toHaveLength(1)
  })
})
