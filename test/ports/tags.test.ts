import { execFileSync } from 'node:child_process'
import { MemoryTags } from '@mlwright/action'
import type { Tags } from '@mlwright/domain'
import { LocalTags } from '@mlwright/workspace'
import { describe, expect, test } from 'vitest'
import { commitTo, github, portsOf, temporaryFolder } from '../github/fixture.ts'

interface Subject {
  readonly tags: Tags
  readonly commit: string
}

async function onGitHub(): Promise<Subject> {
  const double = await github()
  return { commit: await commitTo(double, 'main', { 'a.txt': 'a' }), tags: portsOf(double).tags }
}

async function locally(): Promise<Subject> {
  const folder = temporaryFolder()
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim()
  git('init', '--quiet')
  git('-c', 'user.name=alice', '-c', 'user.email=alice@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'One')
  return { commit: git('rev-parse', 'HEAD'), tags: new LocalTags(folder) }
}

async function inMemory(): Promise<Subject> {
  return { commit: 'c'.repeat(40), tags: new MemoryTags() }
}

describe.each([
  ['in memory', inMemory],
  ['of a local repository', locally],
  ['on GitHub', onGitHub],
] as const)('tags %s', (_, start) => {
  test('are none at first', async () => {
    const { tags } = await start()
    expect(await tags.list()).toEqual([])
  })

  test('are listed by name as they were created, whatever signs are in their names', async () => {
    const { tags, commit } = await start()
    const message = 'Register churn v1.4.0\n\nlevel: minor'
    const made = []
    for (const name of ['churn@v1.4.0', 'churn#production#7', 'churn@v1.4.0#production!', 'a/b=churn@v2.0.0'])
      made.push(await tags.create({ name, commit, message }))
    for (const tag of made) expect(tag).toMatchObject({ commit, annotated: true, message })
    const listed = await tags.list()
    expect(listed.map(({ name }) => name)).toEqual([
      'a/b=churn@v2.0.0',
      'churn#production#7',
      'churn@v1.4.0',
      'churn@v1.4.0#production!',
    ])
    expect(listed).toEqual(expect.arrayContaining(made))
    expect(await tags.stamps()).toMatchObject(listed.map(({ name, commit, at }) => ({ name, commit, at })))
    for (const { at, tagger } of listed) expect([at > 1_700_000_000, tagger]).toEqual([true, expect.any(String)])
  })

  test('say null for a name that is taken, and keep the first', async () => {
    const { tags, commit } = await start()
    const first = await tags.create({ name: 'churn@v1.0.0', commit, message: 'One' })
    expect(await tags.create({ name: 'churn@v1.0.0', commit, message: 'Two' })).toBeNull()
    expect(await tags.list()).toEqual([first])
  })

  test('let one of several that take a name at once have it', async () => {
    const { tags, commit } = await start()
    const messages = ['One', 'Two', 'Three']
    const made = await Promise.all(
      messages.map((message) => tags.create({ name: 'churn#production#1', commit, message })),
    )
    const winners = made.filter((tag) => tag !== null)
    expect(winners).toHaveLength(1)
    expect(await tags.list()).toEqual(winners)
  })
})
