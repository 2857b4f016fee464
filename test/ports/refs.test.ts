import { execFileSync } from 'node:child_process'
import { MemoryRefs } from '@mlwright/action'
import type { Refs } from '@mlwright/domain'
import { LocalRefs } from '@mlwright/workspace'
import { describe, expect, test } from 'vitest'
import { github, portsOf, temporaryFolder } from '../github/fixture.ts'

const subjects: readonly (readonly [string, () => Promise<Refs>])[] = [
  ['in memory', async () => new MemoryRefs()],
  ['of a local repository', async () => localRefs()],
  ['on GitHub', async () => portsOf(await github()).refs],
]

function localRefs(): Refs {
  const folder = temporaryFolder()
  execFileSync('git', ['init', '--quiet', folder])
  return new LocalRefs(folder)
}

/** What was read, whatever class of bytes it is. */
async function read(refs: Refs, ref: string, path: string): Promise<Uint8Array> {
  return Uint8Array.from((await refs.read(ref, path)) ?? bytes('nothing was read'))
}

const bytes = (text: string) => new TextEncoder().encode(text)
const files = (entries: Readonly<Record<string, string | null>>) =>
  new Map(Object.entries(entries).map(([path, text]) => [path, text === null ? null : bytes(text)] as const))

describe.each(subjects)('branches %s', (_, start) => {
  test('know nothing of a branch that is not there', async () => {
    const refs = await start()
    expect(await refs.resolve('records')).toBeNull()
    expect(await refs.tree('records')).toEqual([])
    expect(await refs.read('records', 'a.txt')).toBeNull()
  })

  test('keep what was committed, under the branch and under the commit', async () => {
    const refs = await start()
    const commit = await refs.commit('records', 'Add', files({ 'b/c.txt': 'see', 'b.txt': 'be', 'a.txt': 'a' }))
    expect(await refs.resolve('records')).toBe(commit)
    expect(await refs.resolve(commit)).toBe(commit)
    for (const name of ['records', commit]) {
      expect((await refs.tree(name)).map(({ path }) => path)).toEqual(['a.txt', 'b.txt', 'b/c.txt'])
      expect(await read(refs, name, 'b/c.txt')).toEqual(bytes('see'))
    }
  })

  test('give git object ids and sizes', async () => {
    const refs = await start()
    await refs.commit('records', 'Add', files({ 'a.txt': 'hello\n' }))
    // git 2.39: printf 'hello\n' | git hash-object --stdin
    expect(await refs.tree('records')).toEqual([
      { path: 'a.txt', oid: 'ce013625030ba8dba906f756967f9e9ca394464a', bytes: 6 },
    ])
  })

  test('list one folder, and no other that begins like it', async () => {
    const refs = await start()
    await refs.commit('records', 'Add', files({ 'runs/1/a': '1', 'runs/1/b': '2', 'runs/10/a': '3', runs1: '4' }))
    expect((await refs.tree('records', 'runs/1')).map(({ path }) => path)).toEqual(['runs/1/a', 'runs/1/b'])
    expect(await refs.tree('records', 'runs/2')).toEqual([])
    expect(await refs.read('records', 'runs/1')).toBeNull()
  })

  test('add to a branch, replace and remove', async () => {
    const refs = await start()
    const first = await refs.commit('records', 'One', files({ 'a.txt': 'old', 'b.txt': 'b' }))
    await refs.commit('records', 'Two', files({ 'a.txt': 'new', 'b.txt': null, 'c/d.txt': 'd', 'absent.txt': null }))
    expect((await refs.tree('records')).map(({ path }) => path)).toEqual(['a.txt', 'c/d.txt'])
    expect(await read(refs, 'records', 'a.txt')).toEqual(bytes('new'))
    expect(await read(refs, first, 'a.txt')).toEqual(bytes('old'))
  })

  test('stay where they are when nothing changes', async () => {
    const refs = await start()
    const commit = await refs.commit('records', 'One', files({ 'a.txt': 'a' }))
    expect(await refs.commit('records', 'Same', files({ 'a.txt': 'a', 'absent.txt': null }))).toBe(commit)
    expect(await refs.resolve('records')).toBe(commit)
  })

  test('keep bytes that are no text, and nothing at all', async () => {
    const refs = await start()
    const binary = Uint8Array.from({ length: 300 }, (__, index) => (index * 7) % 256)
    const content = new Map([
      ['binary', binary],
      ['empty', new Uint8Array()],
    ])
    await refs.commit('records', 'Add', content)
    for (const [path, expected] of content) expect(await read(refs, 'records', path)).toEqual(expected)
  })

  test('lose nothing when several commit at once', async () => {
    const refs = await start()
    const names = ['1', '2', '3']
    await Promise.all(names.map((name) => refs.commit('records', name, files({ [`runs/${name}`]: name }))))
    expect((await refs.tree('records')).map(({ path }) => path)).toEqual(names.map((name) => `runs/${name}`))
  })

  const bot = 'mlwright/promote/churn-production'
  const stages = (version: string) => files({ 'models/churn/stages.yml': `production: ${version}\n` })

  test('start at a commit, and start again at the next one', async () => {
    const refs = await start()
    const onto = await refs.commit('main', 'One', files({ 'a.txt': 'a' }))
    const first = await refs.commit(bot, 'Promote v1', stages('v1'), { onto })
    expect(await refs.commit(bot, 'Promote v1', stages('v1'), { onto })).toBe(first)
    const next = await refs.commit('main', 'Two', files({ 'b.txt': 'b' }))
    const second = await refs.commit(bot, 'Promote v2', stages('v2'), { onto: next })
    expect(await refs.resolve(bot)).toBe(second)
    expect((await refs.tree(bot)).map(({ path }) => path)).toEqual(['a.txt', 'b.txt', 'models/churn/stages.yml'])
    expect(await read(refs, bot, 'models/churn/stages.yml')).toEqual(bytes('production: v2\n'))
    expect(await refs.resolve('main')).toBe(next)
  })

  test('are not made for what the commit holds already', async () => {
    const refs = await start()
    const onto = await refs.commit('main', 'One', stages('v1'))
    expect(await refs.commit(bot, 'Promote v1', stages('v1'), { onto })).toBe(onto)
    expect(await refs.resolve(bot)).toBeNull()
  })

  test('keep what others have committed to a branch of ours', async () => {
    const refs = await start()
    const onto = await refs.commit('main', 'One', files({ 'a.txt': 'a' }))
    await refs.commit(bot, 'Promote v1', stages('v1'), { onto })
    await refs.commit(bot, 'A note of mine', files({ 'note.txt': 'wait' }))
    const next = await refs.commit('main', 'Two', files({ 'b.txt': 'b' }))
    await refs.commit(bot, 'Promote v2', stages('v2'), { onto: next })
    expect((await refs.tree(bot)).map(({ path }) => path)).toEqual(['a.txt', 'models/churn/stages.yml', 'note.txt'])
    expect(await read(refs, bot, 'models/churn/stages.yml')).toEqual(bytes('production: v2\n'))
  })

  test('are moved from the head that somebody saw, or not at all', async () => {
    const refs = await start()
    const first = await refs.commitAt('lease', null, 'Take', files({ owner: '1' }))
    expect(await refs.resolve('lease')).toBe(first)
    expect(await refs.commitAt('lease', null, 'Take', files({ owner: '2' }))).toBeNull()
    const second = await refs.commitAt('lease', first, 'Take over', files({ owner: '3' }))
    expect(await refs.commitAt('lease', first, 'Take over', files({ owner: '4' }))).toBeNull()
    expect(await read(refs, 'lease', 'owner')).toEqual(bytes('3'))
    expect(await refs.remove('lease', first!)).toBe(false)
    expect(await refs.remove('lease', second!)).toBe(true)
    expect(await refs.resolve('lease')).toBeNull()
    expect(await refs.remove('lease', second!)).toBe(true)
  })

  test('are taken by one of several at once', async () => {
    const refs = await start()
    const names = ['1', '2', '3']
    const taken = await Promise.all(names.map((name) => refs.commitAt('lease', null, 'Take', files({ owner: name }))))
    expect(taken.filter((commit) => commit !== null)).toEqual([await refs.resolve('lease')])
  })
})
