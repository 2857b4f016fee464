import { MemoryComments } from '@mlwright/action'
import type { Comments } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { github, portsOf, withPull } from '../github/fixture.ts'

const subjects: readonly (readonly [string, () => Promise<Comments>])[] = [
  ['in memory', async () => new MemoryComments()],
  [
    'on GitHub',
    async () => {
      const double = await github()
      await withPull(double)
      return portsOf(double).comments
    },
  ],
]

const body = (marker: string, text: string) => `<!-- mlwright:${marker} -->\n${text}`

describe.each(subjects)('comments %s', (_, start) => {
  test('are found by their marker', async () => {
    const comments = await start()
    expect(await comments.find(1, '<!-- mlwright:report -->')).toEqual([])
    const report = await comments.create(1, body('report', 'Fine.'))
    await comments.create(1, body('drift', 'None.'))
    expect(report.body).toBe(body('report', 'Fine.'))
    expect(await comments.find(1, '<!-- mlwright:report -->')).toEqual([report])
  })

  test('are changed in place', async () => {
    const comments = await start()
    const created = await comments.create(1, body('report', 'Fine.'))
    expect(await comments.update(created.id, body('report', 'Worse.'))).toEqual({
      ...created,
      body: body('report', 'Worse.'),
    })
    expect((await comments.find(1, 'mlwright:report')).map((comment) => comment.body)).toEqual([
      body('report', 'Worse.'),
    ])
  })

  test('answer null to a change when they are gone, and may be removed twice', async () => {
    const comments = await start()
    const created = await comments.create(1, body('report', 'Fine.'))
    await comments.remove(created.id)
    await comments.remove(created.id)
    expect(await comments.update(created.id, 'x')).toBeNull()
    expect(await comments.find(1, 'mlwright')).toEqual([])
  })

  test('of the same marker stay one, the oldest with the newest text', async () => {
    const comments = await start()
    const oldest = await comments.create(1, body('report', 'First.'))
    expect(await comments.create(1, body('report', 'Second.'))).toEqual({ ...oldest, body: body('report', 'Second.') })
    expect(await comments.find(1, 'mlwright:report')).toHaveLength(1)
  })
})
