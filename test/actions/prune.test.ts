import { join } from 'node:path'
import { LocalRefs } from '@mlwright/workspace'
import { beforeAll, expect, test } from 'vitest'
import { expectSentence, project, type } from './project.ts'
import { copyOf, git, json, registeredProject, twoVersions } from './registered.ts'

let folder: string
beforeAll(async () => {
  folder = await registeredProject(...twoVersions)
}, 60_000)

const branch = 'mlwright-records'
const files = (copy: string) => git(copy, 'ls-tree', '-r', '--name-only', branch).split('\n')
const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

/** A copy with two more runs, of no version: one from 2020 and one that is newer than all. */
async function withOtherRuns(): Promise<string> {
  const copy = copyOf(folder)
  for (const run of ['20200101T000000Z-00000000', '29990101T000000Z-00000000']) {
    const pointer = { kind: 'RunPointer', version: 1, commit: 'c'.repeat(40), run, input_digest: '0', metrics: {} }
    const added = new Map([
      [`runs/m/${run}/run.json`, text({ id: run })],
      [`commits/${run.slice(0, 4).repeat(10)}/m.json`, text(pointer)],
      [`branches/main/m/${run.slice(0, 16)}-cccccccc.json`, text(pointer)],
    ])
    await new LocalRefs(copy).commit(branch, `Record ${run}`, added)
  }
  return copy
}

test('keeps registered versions and the newest runs, in one commit', async () => {
  const copy = await withOtherRuns()
  const before = files(copy)
  const head = git(copy, 'rev-parse', branch)
  const dry = await json(copy, 'prune', '--keep', '1', '--dry-run')
  expect(dry.noun).toMatchObject({ dry_run: true, kept: { runs: 3 }, dropped: { runs: 1, files: 3 }, commit: null })
  expect(git(copy, 'rev-parse', branch)).toBe(head)
  const { code, noun } = await json(copy, 'prune', '--keep', '1')
  expect([code, noun.commit]).toEqual([0, git(copy, 'rev-parse', branch)])
  expect(git(copy, 'rev-list', '--count', branch)).toBe('1')
  expect(files(copy)).toEqual(before.filter((path) => !path.includes('2020')))
  expect(git(copy, 'branch', '--format=%(refname:short)').split('\n')).toEqual(['main', branch])
  expect((await json(copy, 'verify', 'm@v0.0.1')).noun.verdict).toBe('pass')
  expect((await json(copy, 'prune', '--keep', '0')).noun).toMatchObject({ kept: { runs: 2 }, dropped: { runs: 1 } })
})

test('says how the branch of everybody is replaced, and refuses one that is behind', async () => {
  const copy = copyOf(folder)
  const clone = join(copyOf(folder), 'clone')
  git(copy, 'clone', '--quiet', copy, clone)
  git(clone, 'branch', branch, `origin/${branch}`)
  await new LocalRefs(copy).commit(branch, 'More', new Map([['runs/m/x/run.json', text({})]]))
  git(clone, 'fetch', '--quiet')
  expectSentence(
    await type(clone, 'prune'),
    1,
    `here is not that of origin; take it over with \`git fetch origin +${branch}:${branch}\``,
  )
  git(clone, 'fetch', '--quiet', 'origin', `+${branch}:${branch}`)
  expectSentence(await type(clone, 'prune'), 0, `\`git push --force-with-lease origin ${branch}\` replaces the branch`)
  git(clone, 'push', '--quiet', '--force-with-lease', 'origin', branch)
  expect(git(copy, 'rev-list', '--count', branch)).toBe('1')
})

test('needs a records branch', async () => {
  expectSentence(await type(project({ 'README.md': 'x' }), 'prune'), 1, `There is no branch ${branch} here; fetch it`)
})
