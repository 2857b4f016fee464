import { expect, test } from 'vitest'
import type { GitHubDouble } from '../github-double/src/index.ts'
import { commitTo, git, github, portsOf } from './fixture.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = { tag: 'churn@v1.4.0', title: 'churn v1.4.0', body: '<!-- mlwright:release churn@v1.4.0 -->' }

async function started(): Promise<GitHubDouble> {
  const double = await github()
  git(double, 'tag', text.tag, await commitTo(double, 'main', { 'a.txt': 'a' }))
  return double
}

test('publishes without becoming the latest unless told, and immutable where the repository says so', async () => {
  const double = await started()
  const { releases } = portsOf(double)
  const first = await releases.draft(text)
  await releases.publish(first.id, false)
  expect(double.state.releases).toMatchObject([{ latest: false, immutable: true }])
  git(double, 'tag', 'churn@v1.5.0', 'main')
  await releases.publish((await releases.draft({ ...text, tag: 'churn@v1.5.0' })).id, true)
  expect(double.state.releases[1]).toMatchObject({ latest: true })
})

test('replaces what a broken upload left', async () => {
  const double = await started()
  const { releases } = portsOf(double)
  const { id } = await releases.draft(text)
  double.fail({ method: 'POST', path: /uploads/, times: 5 }, { status: 502 })
  await expect(releases.upload(id, 'model.onnx', bytes('model'))).rejects.toMatchObject({ code: 'API_FAILED' })
  expect((await releases.list())[0]!.assets).toMatchObject([{ name: 'model.onnx', complete: false, sha256: null }])
  const asset = await releases.upload(id, 'model.onnx', bytes('model'))
  expect((await releases.list())[0]!.assets).toEqual([asset])
})

test('uploads again when the connection breaks, and once when only the answer was lost', async () => {
  const double = await started()
  const { releases } = portsOf(double)
  const { id } = await releases.draft(text)
  double.fail({ method: 'POST', path: /uploads/ }, { close: 'before' })
  double.fail({ method: 'POST', path: /uploads/, after: 1 }, { close: 'after' })
  await releases.upload(id, 'run.json', bytes('{}'))
  const asset = await releases.upload(id, 'model.onnx', bytes('model'))
  expect(double.state.releases[0]!.assets).toHaveLength(2)
  expect(new TextDecoder().decode(await releases.download(asset.id))).toBe('model')
})

test('says that a release is immutable when it was published meanwhile', async () => {
  const double = await started()
  const { releases } = portsOf(double)
  const { id } = await releases.draft(text)
  const message = 'Cannot upload assets to an immutable release.'
  double.fail({ method: 'POST', path: /uploads/ }, { status: 422, message })
  await expect(releases.upload(id, 'run.json', bytes('{}'))).rejects.toMatchObject({
    code: 'API_FAILED',
    message: `The release is immutable and does not change any more (${message}); register a new version.`,
  })
})

test('names the permission that drafts take, and shows none to readers', async () => {
  const double = await started()
  const { id } = await portsOf(double).releases.draft(text)
  const { releases } = portsOf(double, { contents: 'read' })
  expect(await releases.list()).toEqual([])
  for (const attempt of [() => releases.draft(text), () => releases.publish(id, false)])
    await expect(attempt()).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
      message: expect.stringContaining('`permissions: contents: write`'),
    })
  await expect(releases.upload(id, 'run.json', bytes('{}'))).rejects.toMatchObject({
    code: 'API_FAILED',
    message: expect.stringContaining('`permissions: contents: write`'),
  })
})

test('lists more releases than fit on a page', async () => {
  const double = await started()
  const { releases } = portsOf(double)
  const ids: number[] = []
  for (let index = 0; index < 101; index++) ids.push((await releases.draft(text)).id)
  expect((await releases.list()).map(({ id }) => id)).toEqual(ids)
})
