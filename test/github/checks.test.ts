import type { Annotation, Check } from '@mlwright/domain'
import { expect, test } from 'vitest'
import { github, portsOf, withPull } from './fixture.ts'

const annotation = (line: number, level: Annotation['level'] = 'failure'): Annotation => ({
  level,
  title: 'not-null: age',
  message: `${line} rows have no age.`,
  location: { file: 'contracts/customers.odcs.yaml', line, column: 9 },
})

function check(commit: string, lines: number, changes: Partial<Check> = {}): Check {
  const annotations = Array.from({ length: lines }, (_, index) => annotation(index + 1))
  return {
    name: 'mlwright',
    commit,
    conclusion: 'success',
    title: 'Fine',
    summary: 'All is well.',
    annotations,
    ...changes,
  }
}

test('publishes a check run with more annotations than one request takes', async () => {
  const double = await github()
  const { headCommit } = await withPull(double)
  const url = await portsOf(double).checks.publish(check(headCommit, 120, { conclusion: 'failure' }))
  const [run] = double.state.checkRuns
  expect(url).toBe(`https://github.com/acme/telco-churn/runs/${run!.id}`)
  expect(run).toMatchObject({ name: 'mlwright', status: 'completed', conclusion: 'failure', title: 'Fine' })
  expect(run!.annotations.map(({ start_line }) => start_line)).toEqual(
    Array.from({ length: 120 }, (_, index) => index + 1),
  )
})

test('completes the same check run again, and adds no annotation twice', async () => {
  const double = await github()
  const { headCommit } = await withPull(double)
  const { checks } = portsOf(double)
  const first = await checks.publish(check(headCommit, 60))
  const second = await checks.publish(check(headCommit, 70, { conclusion: 'neutral', title: 'Unverified' }))
  expect(second).toBe(first)
  expect(double.state.checkRuns).toHaveLength(1)
  expect(double.state.checkRuns[0]).toMatchObject({ conclusion: 'neutral', title: 'Unverified' })
  expect(double.state.checkRuns[0]!.annotations).toHaveLength(70)
})

test('starts afresh where an annotation is no longer so, since none can be taken back', async () => {
  const double = await github()
  const { headCommit } = await withPull(double)
  const { checks } = portsOf(double)
  await checks.publish(check(headCommit, 3))
  await checks.publish(check(headCommit, 1))
  expect(double.state.checkRuns.map(({ annotations }) => annotations.length)).toEqual([3, 1])
})

test('leaves check runs of others and of other commits alone', async () => {
  const double = await github()
  const { headCommit, baseCommit } = await withPull(double)
  const output = { title: null, summary: null, text: null, annotations: [] }
  double.state.checkRuns.push({
    id: 1,
    name: 'mlwright',
    head_sha: headCommit,
    external_id: '',
    status: 'queued',
    conclusion: null,
    ...output,
  })
  await portsOf(double).checks.publish(check(baseCommit, 0))
  await portsOf(double).checks.publish(check(headCommit, 0))
  expect(double.state.checkRuns.map(({ head_sha, conclusion }) => [head_sha, conclusion])).toEqual([
    [headCommit, null],
    [baseCommit, 'success'],
    [headCommit, 'success'],
  ])
})

test('keeps within the limits of a summary, and puts what has no place on `.github`', async () => {
  const double = await github()
  const { headCommit } = await withPull(double)
  const annotations: Annotation[] = [{ level: 'notice', title: 't'.repeat(300), message: 'm', location: null }]
  await portsOf(double).checks.publish(check(headCommit, 0, { summary: 'ä'.repeat(60_000), annotations }))
  const [run] = double.state.checkRuns
  expect(Buffer.byteLength(run!.summary!)).toBeLessThanOrEqual(65_535)
  expect(run!.summary).toMatch(/ä…$/)
  expect(run!.annotations[0]).toMatchObject({ path: '.github', start_line: 1, annotation_level: 'notice' })
})

test('names the permission that a check needs', async () => {
  const double = await github()
  const { headCommit } = await withPull(double)
  await expect(portsOf(double, { contents: 'read' }).checks.publish(check(headCommit, 0))).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringContaining('add `permissions: checks: write` to the job'),
  })
})

test('says that a personal token cannot publish checks', async () => {
  const double = await github()
  const { headCommit } = await withPull(double)
  double.fail({ method: 'POST' }, { status: 403, message: 'You must authenticate via a GitHub App.' })
  await expect(portsOf(double).checks.publish(check(headCommit, 0))).rejects.toMatchObject({
    code: 'API_FAILED',
    message: expect.stringMatching(
      /^Only the token of an App can publish checks \(You must authenticate via a GitHub App\.\); pass `token: .+` with `permissions: checks: write`\.$/,
    ),
  })
})
