import { createHash } from 'node:crypto'
import { MemoryReleases } from '@mlwright/action'
import type { Releases } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { commitTo, git, github, portsOf } from '../github/fixture.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = { tag: 'churn@v1.4.0', title: 'churn v1.4.0', body: '<!-- mlwright:release churn@v1.4.0 -->\nFine.' }

async function onGitHub(): Promise<Releases> {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  git(double, 'tag', 'churn@v1.4.0', commit)
  return portsOf(double).releases
}

describe.each([
  ['in memory', async () => new MemoryReleases() as Releases],
  ['on GitHub', onGitHub],
] as const)('releases %s', (_, start) => {
  test('begin as a draft that the list shows, two for one tag too, the oldest first', async () => {
    const releases = await start()
    expect(await releases.list()).toEqual([])
    const first = await releases.draft(text)
    const second = await releases.draft(text)
    expect(first).toMatchObject({ ...text, draft: true, publishedAt: null, assets: [] })
    expect(await releases.list()).toEqual([first, second])
  })

  test('keep their files byte for byte, with digests', async () => {
    const releases = await start()
    const { id } = await releases.draft(text)
    const content = Uint8Array.from({ length: 70_000 }, (__, index) => (index * 7) % 251)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const model = await releases.upload(id, 'model.onnx', content)
    const run = await releases.upload(id, 'run.json', bytes('{"id": "1"}'))
    expect(model).toMatchObject({ name: 'model.onnx', bytes: 70_000, sha256, complete: true })
    expect(Buffer.compare(await releases.download(model.id), content)).toBe(0)
    expect(new TextDecoder().decode(await releases.download(run.id))).toBe('{"id": "1"}')
    expect((await releases.list())[0]!.assets).toEqual([model, run])
  })

  test('replace a file of the same name, unless its bytes are the same', async () => {
    const releases = await start()
    const { id } = await releases.draft(text)
    const first = await releases.upload(id, 'run.json', bytes('{}'))
    expect(await releases.upload(id, 'run.json', bytes('{}'))).toEqual(first)
    const second = await releases.upload(id, 'run.json', bytes('[1]'))
    expect(second.id).not.toBe(first.id)
    expect((await releases.list())[0]!.assets).toEqual([second])
    await expect(releases.download(first.id)).rejects.toMatchObject({ code: 'API_FAILED' })
  })

  test('are published once, and never change after that', async () => {
    const releases = await start()
    const { id } = await releases.draft(text)
    const asset = await releases.upload(id, 'run.json', bytes('{}'))
    const published = await releases.publish(id, false)
    expect(published).toMatchObject({ id, ...text, draft: false, assets: [asset] })
    expect(published.publishedAt).toBeGreaterThan(1_700_000_000)
    expect(await releases.publish(id, false)).toEqual(published)
    await expect(releases.upload(id, 'run.json', bytes('[]'))).rejects.toMatchObject({ code: 'API_FAILED' })
    await expect(releases.discard(id)).rejects.toMatchObject({ code: 'API_FAILED' })
    expect(await releases.list()).toEqual([published])
  })

  test('refuse a second published one of the same tag', async () => {
    const releases = await start()
    const [first, second] = [await releases.draft(text), await releases.draft(text)]
    await releases.publish(first.id, true)
    await expect(releases.publish(second.id, true)).rejects.toMatchObject({ code: 'API_FAILED' })
  })

  test('let a draft be discarded, twice too', async () => {
    const releases = await start()
    const [first, second] = [await releases.draft(text), await releases.draft(text)]
    await releases.discard(second.id)
    await releases.discard(second.id)
    expect((await releases.list()).map(({ id }) => id)).toEqual([first.id])
    await expect(releases.upload(second.id, 'run.json', bytes('{}'))).rejects.toMatchObject({ code: 'API_FAILED' })
  })
})
