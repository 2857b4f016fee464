import { interceptPorts, MemoryGitHub, memoryPorts } from '@mlwright/action'
import { expect, test } from 'vitest'

test('two runs over one state see each other, and one of them is killed before or after its call', async () => {
  const state = new MemoryGitHub()
  const [first, second] = [memoryPorts({}, state), memoryPorts({}, state)]
  const calls: string[] = []
  const dying = interceptPorts(first, ['tags', 'releases', 'refs'], async ({ port, method }, proceed) => {
    calls.push(`${port}.${method}`)
    if (method === 'draft') throw new Error('killed before')
    const result = await proceed()
    if (method === 'create') throw new Error('killed after')
    return result
  })
  const tag = { name: 'churn@v1.0.0', commit: 'c'.repeat(40), message: 'One' }
  await expect(dying.tags.create(tag)).rejects.toThrow('killed after')
  await expect(dying.releases.draft({ tag: tag.name, title: '', body: '' })).rejects.toThrow('killed before')
  expect(await second.tags.list()).toMatchObject([tag])
  expect(await second.refs.resolve(tag.name)).toBe(tag.commit)
  expect(await dying.releases.list()).toEqual([])
  expect(calls).toEqual(['tags.create', 'releases.draft', 'releases.list'])
})
