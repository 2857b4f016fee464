import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryFiles, MemoryGitHub, memoryPorts, runAction } from '@mlwright/action'
import { beforeAll, expect, test } from 'vitest'
import doctor from '../../actions/doctor/action.ts'
import { configWith, expectSentence, type } from './project.ts'
import { copyOf, git, json, registeredProject, twoVersions } from './registered.ts'

let folder: string
beforeAll(async () => {
  folder = await registeredProject(twoVersions[0]!)
}, 60_000)

const rules = (noun: { findings: { rule: string }[] }) => noun.findings.map(({ rule }) => rule)

test('finds a registry in order, and says how large it is', async () => {
  const { code, noun } = await json(folder, 'doctor')
  expect(code).toBe(0)
  expect(noun).toMatchObject({ verdict: 'pass', models: 1, versions: 1, releases: 1, stages: [], findings: [] })
  expect(noun.records).toMatchObject({ runs: 1 })
  expect(noun.records.bytes).toBeGreaterThan(1000)
})

test('finds what is wrong with tags, releases and stages files', async () => {
  const copy = copyOf(folder)
  git(copy, 'tag', 'm@v2.0.0')
  git(copy, 'tag', '-a', '-m', 'Again', 'm@v1.0.0')
  writeFileSync(join(copy, '.mlwright/releases/m@v0.0.1/model.onnx'), 'x')
  mkdirSync(join(copy, 'models/m'), { recursive: true })
  writeFileSync(join(copy, 'models/m/stages.yml'), 'version: 1\nstages: { production: v7.0.0 }\n')
  const { code, noun } = await json(copy, 'doctor')
  expect([code, noun.verdict]).toEqual([1, 'fail'])
  expect(rules(noun)).toEqual([
    'versions-on-commit',
    'asset-digest',
    'lightweight-tag',
    'tag-without-release',
    'stages-file',
  ])
  expectSentence(await type(copy, 'doctor'), 1, 'models/m/stages.yml wants m v7.0.0 in production, and no such version')
})

test('warns of a missing release', async () => {
  const copy = copyOf(folder)
  rmSync(join(copy, '.mlwright/releases'), { recursive: true })
  expect((await json(copy, 'doctor')).noun).toMatchObject({
    verdict: 'warn',
    findings: [{ rule: 'tag-without-release' }],
  })
})

test('takes files that cannot be read for findings, and needs no configuration', async () => {
  const copy = copyOf(folder)
  mkdirSync(join(copy, 'models/m'), { recursive: true })
  writeFileSync(join(copy, 'models/m/stages.yml'), 'stages: [\n')
  writeFileSync(join(copy, 'mlwright.yml'), 'version: 7\n')
  expect(rules((await json(copy, 'doctor')).noun)).toEqual(['config', 'stages-file'])
  rmSync(join(copy, 'mlwright.yml'))
  expect(rules((await json(copy, 'doctor')).noun)).toEqual(['stages-file'])
})

test('warns on GitHub of environments that nothing guards', async () => {
  const state = new MemoryGitHub()
  state.environments.set('live', ['required_reviewers'])
  state.environments.set('staging', [])
  const files = new MemoryFiles()
  const stages = 'registry:\n  stages: { staging: {}, production: { environment: live }, canary: {} }\n'
  await files.write('mlwright.yml', `${configWith()}${stages}`)
  const base = memoryPorts({ files }, state)
  const run = { id: 7, attempt: 1, url: 'https://github.com/acme/shop/actions/runs/7' }
  const ports = { ...base, event: { ...base.event, name: 'schedule' as const, run } }
  const { exitCode, outcome } = await runAction(doctor, () => undefined, ports)
  expect(exitCode).toBe(0)
  expect(outcome?.noun).toMatchObject({
    verdict: 'warn',
    stages: [
      { stage: 'staging', environment: 'staging', rules: [] },
      { stage: 'production', environment: 'live', rules: ['required_reviewers'] },
      { stage: 'canary', environment: 'canary', rules: null },
    ],
    findings: [
      { message: expect.stringContaining('The environment staging has no protection rules, so a merge alone moves') },
      { message: expect.stringContaining('The environment canary does not exist') },
    ],
  })
})
