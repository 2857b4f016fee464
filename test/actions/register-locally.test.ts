import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { configWith, expectSentence, project, type, visits } from './project.ts'
import { git } from './registered.ts'

const contract = `apiVersion: v3.1.0
kind: DataContract
id: visits
version: 1.0.0
status: active
schema:
  - name: visits
    properties:
      - { name: minutes, logicalType: number }
`
const all = {
  'mlwright.yml': configWith().replace('source: data.csv', "source: '*.csv', contract: visits.odcs.yaml"),
  'visits.odcs.yaml': contract,
  'data.csv': visits(),
}

/** What `register` says after a run, where the files of these names came to the folder after the commit. */
async function registerWithNew(...names: readonly string[]) {
  const files: Record<string, string> = { ...all, 'more.csv': visits() }
  const folder = project(Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name))))
  for (const name of names) writeFileSync(join(folder, name), files[name]!)
  expect((await type(folder, 'run', 'experiment')).said).toContain('roc_auc')
  return { folder, typed: await type(folder, 'register') }
}

test('refuses a run of files that are new to git, since nobody could make its version again', async () => {
  for (const [name, sentence] of [
    ['mlwright.yml', /mlwright\.yml is not in the commit [0-9a-f]{8}; commit it first\./],
    ['visits.odcs.yaml', /visits\.odcs\.yaml is not in the commit [0-9a-f]{8}; commit it first\./],
    ['more.csv', /The commit [0-9a-f]{8} has not all files that m was trained from; commit them first\./],
  ] as const) {
    const { folder, typed } = await registerWithNew(name)
    expectSentence(typed, 1, sentence.exec(typed.said)?.[0] ?? String(sentence))
    expect(git(folder, 'tag')).toBe('')
  }
})

test('registers where no data is in git, and says what that means', async () => {
  const { typed } = await registerWithNew('data.csv', 'more.csv')
  expectSentence(typed, 0, 'Registered m@v0.0.1')
  expect(typed.said).toMatch(/\*\.csv is not in the commit [0-9a-f]{8}: who makes m again has to fetch it first\./)
})

test('registers what is committed, whatever else is new', async () => {
  const { folder, typed } = await registerWithNew()
  expectSentence(typed, 0, 'Registered m@v0.0.1')
  writeFileSync(join(folder, 'notes.txt'), 'Look again.')
  expectSentence(await type(folder, 'register'), 0, 'm@v0.0.1 is registered already.')
})

test('asks for a repository where there is none, and not for a commit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(all)) writeFileSync(join(folder, name), content)
  expectSentence(
    await type(folder, 'register'),
    1,
    'is in no git repository; go to one, or make it one with `git init`.',
  )
})
