import { MemoryChecks } from '@mlwright/action'
import type { Check, Checks } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { github, portsOf, withPull } from '../github/fixture.ts'

interface Subject {
  readonly checks: Checks
  readonly commits: readonly [string, string]
}

const subjects: readonly (readonly [string, () => Promise<Subject>])[] = [
  ['in memory', async () => ({ checks: new MemoryChecks(), commits: ['a'.repeat(40), 'b'.repeat(40)] })],
  [
    'on GitHub',
    async () => {
      const double = await github()
      const { headCommit, baseCommit } = await withPull(double)
      return { checks: portsOf(double).checks, commits: [headCommit, baseCommit] }
    },
  ],
]

const check = (commit: string, name = 'mlwright'): Check => ({
  name,
  commit,
  conclusion: 'success',
  title: 'Better than main',
  summary: 'The model ranks better.',
  annotations: [
    { level: 'warning', title: 'range', message: 'Too old.', location: { file: 'c.yaml', line: 3, column: 5 } },
  ],
})

describe.each(subjects)('checks %s', (_, start) => {
  test('have an address, the same when they are published again', async () => {
    const { checks, commits } = await start()
    const url = await checks.publish(check(commits[0]))
    expect(url).not.toBe('')
    expect(await checks.publish({ ...check(commits[0]), conclusion: 'failure' })).toBe(url)
  })

  test('are one for each name and commit', async () => {
    const { checks, commits } = await start()
    const [head, base] = commits
    const urls = [
      await checks.publish(check(head)),
      await checks.publish(check(base)),
      await checks.publish(check(head, 'drift')),
    ]
    expect(new Set(urls).size).toBe(3)
  })
})
