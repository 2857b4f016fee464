import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Records } from '@mlwright/tracking'
import { LocalRefs } from '@mlwright/workspace'
import { beforeAll, describe, expect, it } from 'vitest'
import { driftReport } from '../report/dashboard-fixture.ts'
import { expectSentence, project, type } from './project.ts'
import { copyOf, git, json, registeredProject, twoVersions } from './registered.ts'

let folder: string
beforeAll(async () => {
  folder = await registeredProject(...twoVersions)
}, 120_000)

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

/** Adds files to the records branch of a folder. */
const record = (copy: string, files: Readonly<Record<string, unknown>>) =>
  new LocalRefs(copy).commit(
    'mlwright-records',
    'Record',
    new Map(Object.entries(files).map(([path, value]) => [path, bytes(value)])),
  )

/** Assigns a stage to a version at some time. */
const putIn = (copy: string, tag: string, version: string, time: string) =>
  execFileSync('git', ['tag', '--annotate', '--message=Go', tag, `${version}^{commit}`], {
    cwd: copy,
    env: {
      ...process.env,
      GIT_COMMITTER_NAME: 'Alice',
      GIT_COMMITTER_EMAIL: 'a@example.com',
      GIT_COMMITTER_DATE: time,
    },
  })

/** Text of the page, one line for each row of a table. */
const pageOf = (copy: string, path = '.mlwright/dashboard') =>
  readFileSync(join(copy, path, 'index.html'), 'utf8')
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/ +/g, ' ')

describe('mlwright dashboard', () => {
  it('writes what tags and records of a real repository say, and where', async () => {
    const copy = copyOf(folder)
    putIn(copy, 'm#production#1', 'm@v0.0.1', '2090-01-02T06:00:00Z')
    putIn(copy, 'm#production#2', 'm@v0.0.2', '2090-01-03T06:00:00Z')
    const { code, noun, said } = await json(copy, 'dashboard')
    expect([code, noun.path, noun.models, noun.unread]).toEqual([0, '.mlwright/dashboard', ['m'], 0])
    expect(said).toContain(`The dashboard of 1 model is ${noun.file}; open it in a browser.`)
    expect(existsSync(noun.file)).toBe(true)
    const page = pageOf(copy)
    const { found } = await new Records(new LocalRefs(copy)).runs('m', 10)
    expect(found).toHaveLength(2)
    for (const { run } of found) expect(page).toContain(run.id)
    expect(page).toMatch(/v0\.0\.2 .* production active/)
    expect(page).toMatch(/2090-01-03 06:00 production put in v0\.0\.2 v0\.0\.2 Alice/)
    expect(page).toMatch(/2090-01-02 06:00 production put in v0\.0\.1 v0\.0\.1 Alice/)
    expect(page).toContain('Experiments of m : 2 runs.')
    expect(page).toMatch(/roc_auc on main/)
    expect(page).toMatch(/param l2/)
    expect(page).toContain('There are no monitoring points of this model yet')
    expect(git(copy, 'status', '--porcelain')).toBe('')
  })

  it('reads monitoring points from the records branch, oldest first', async () => {
    const copy = copyOf(folder)
    await record(copy, {
      'monitoring/m/20260301T060000Z-bbbbbbbb.json': driftReport(0.3, 0.02, [0.7, 0.71]),
      'monitoring/m/20260201T060000Z-aaaaaaaa.json': driftReport(0.05, 0.02, [0.8, 0.82]),
      'monitoring/m/notes.json': 'not a point',
    })
    expect((await json(copy, 'dashboard')).code).toBe(0)
    const page = pageOf(copy)
    expect(page).toContain('Drift of m by column (2 points).')
    expect(page).toMatch(/tenure ▲ drift ks 30\.0% 10\.0% 3\.000 1 of 2 2026-03-01 06:00/)
    expect(page).toContain('From 2026-02-01 to 2026-03-01.')
  })

  it('shows what it can where some records are damaged or newer, and lists them', async () => {
    const copy = copyOf(folder)
    await record(copy, {
      'runs/m/20260101T000000Z-00000000/run.json': '{',
      'monitoring/m/20260201T060000Z-aaaaaaaa.json': { ...driftReport(0, 0, [1, 1]), version: 2 },
    })
    const { code, noun, said } = await json(copy, 'dashboard')
    expect([code, noun.unread]).toEqual([0, 2])
    expect(said).toContain('2 records could not be read; the page lists them.')
    const page = pageOf(copy)
    expect(page).toContain('Experiments of m : the newest 2 of 3 runs.')
    expect(page).toContain('runs/m/20260101T000000Z-00000000/run.json is not JSON;')
    expect(page).toContain('was written by a newer mlwright (format version 2)')
    expect((await type(copy, 'dashboard', '--fail-on', 'warn')).code).toBe(1)
  })

  it('shows one model alone, in the folder that is asked for', async () => {
    const copy = copyOf(folder)
    git(copy, 'tag', '--annotate', '--message=Other', 'other@v1.0.0')
    expect((await json(copy, 'dashboard')).noun.models).toEqual(['m', 'other'])
    const { noun } = await json(copy, 'dashboard', '--model', 'other', '--output', 'site/')
    expect([noun.path, noun.models]).toEqual(['site', ['other']])
    expect(pageOf(copy, 'site')).not.toContain('roc_auc')
    expectSentence(await type(copy, 'dashboard', '--model', 'othr'), 2, 'did you mean other?')
    expectSentence(await type(copy, 'dashboard', '--output', '../out'), 2, '../out')
  })

  it('says what to do where there is nothing to show, without a configuration', async () => {
    const empty = project({ 'README.md': 'Nothing yet.' })
    expect((await json(empty, 'dashboard')).noun.models).toEqual([])
    expect(pageOf(empty)).toContain('There is no model yet:')
    const clone = join(copyOf(folder), 'clone')
    mkdirSync(clone)
    execFileSync('git', ['clone', '--quiet', folder, clone])
    expect((await json(clone, 'dashboard')).noun.models).toEqual(['m'])
    expect(pageOf(clone)).toContain('Experiments of m : 2 runs.')
  })
})
