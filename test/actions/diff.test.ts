import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { expectSentence, type } from './project.ts'
import { contentOf, copyOf, git, json, registeredProject, twoVersions } from './registered.ts'

let folder: string
beforeAll(async () => {
  folder = await registeredProject(...twoVersions)
}, 60_000)

const [first, second] = ['m@v0.0.1', 'm@v0.0.2']

test('compares two versions on the rows that both were tested on', async () => {
  const { code, noun } = await json(folder, 'diff', first, second)
  expect(code).toBe(0)
  expect(noun).toMatchObject({
    model: 'm',
    from: { version: 'v0.0.1', tag: first, commit: git(folder, 'rev-parse', 'HEAD~1') },
    to: { version: 'v0.0.2', tag: second, commit: git(folder, 'rev-parse', 'HEAD') },
    params: [{ path: 'params.l2', candidate: '4' }],
    data: { baseline: { rows: 60 }, candidate: { rows: 58 }, added: [], removed: [] },
  })
  expect(noun.rows.both).toBeGreaterThan(0)
  expect(noun.metrics.roc_auc.change).toBeCloseTo(noun.metrics.roc_auc.candidate - noun.metrics.roc_auc.baseline, 12)
  expect(noun.from.digest).not.toBe(noun.to.digest)
})

test('is a report, and the second version may stand alone', async () => {
  const copy = copyOf(folder)
  const before = contentOf(join(copy, '.mlwright'))
  const { code, said } = await type(copy, 'diff', first, 'v0.0.2')
  expect(code).toBe(0)
  expect(said).toContain('m: v0.0.1 → v0.0.2')
  expect(said).toContain('Training data. 60 → 58 rows')
  expect(said).toContain('The same 2 features as on v0.0.1')
  expect(contentOf(join(copy, '.mlwright'))).toEqual(before)
})

test('finds no difference between a version and itself', async () => {
  const { noun } = await json(folder, 'diff', second, second)
  expect([noun.params, noun.metrics.roc_auc.change, noun.data.added]).toEqual([[], 0, []])
})

test('takes metrics from the releases where there is no records branch, and says that the rows differ', async () => {
  const copy = copyOf(folder)
  git(copy, 'branch', '-D', 'mlwright-records')
  const { noun } = await json(copy, 'diff', first, second)
  expect(noun).toMatchObject({ rows: null, metrics: { roc_auc: { low: null, noise: null } } })
  expect((await type(copy, 'diff', first, second)).said).toContain(
    'Each version on its own test rows, so a change may be one of the rows. The predictions of v0.0.1 and v0.0.2 are not stored.',
  )
})

test('explains what it cannot compare', async () => {
  const copy = copyOf(folder)
  git(copy, 'tag', '-a', '-m', 'By hand', 'other@v1.0.0')
  expectSentence(await type(copy, 'diff', first, 'other@v1.0.0'), 2, 'are of two models; name two versions of one.')
  expectSentence(await type(copy, 'diff', 'other@v1.0.0', 'v1.0.0'), 1, 'Nothing is known of other@v1.0.0')
  expectSentence(await type(copy, 'diff', first, 'v0.0.9'), 2, 'm has no version v0.0.9; did you mean m@v0.0.2?')
  expectSentence(await type(copy, 'diff', first), 2, '`to` is missing')
})
