import { MemoryDeployments, MemoryGitHub } from '@mlwright/action'
import type { Deployments } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { commitTo, github, portsOf } from '../github/fixture.ts'

interface Subject {
  readonly deployments: Deployments
  readonly commit: string
}

const rules = ['wait_timer', 'required_reviewers']

async function onGitHub(): Promise<Subject> {
  const double = await github()
  double.state.environments.push({ name: 'production', rules })
  return { commit: await commitTo(double, 'main', { 'a.txt': 'a' }), deployments: portsOf(double).deployments }
}

async function inMemory(): Promise<Subject> {
  const state = new MemoryGitHub()
  state.environments.set('production', rules)
  return { commit: 'c'.repeat(40), deployments: new MemoryDeployments(state) }
}

const detail = { description: 'churn v1.4.0', url: 'https://github.com/acme/churn/actions/runs/7' }

describe.each([
  ['in memory', inMemory],
  ['on GitHub', onGitHub],
] as const)('deployments %s', (_, start) => {
  test('are listed by environment, newest first', async () => {
    const { deployments, commit } = await start()
    const description = 'Promote churn v1.4.0'
    const payload = { model: 'churn', version: 'v1.4.0', stage: 'production' }
    const first = await deployments.create({ environment: 'production', commit, description, payload })
    const second = await deployments.create({ environment: 'production', commit, description, payload: null })
    await deployments.create({ environment: 'staging', commit, description, payload: null })
    expect(first).toMatchObject({ environment: 'production', commit, description, payload, state: null })
    expect((await deployments.list('production')).map(({ id }) => id)).toEqual([second.id, first.id])
    expect(await deployments.list('production')).toMatchObject([
      { payload: null, state: null },
      { payload, state: null, description },
    ])
    expect(await deployments.list('absent')).toEqual([])
  })

  test('have the newest state, and a success ends the one before', async () => {
    const { deployments, commit } = await start()
    const create = () => deployments.create({ environment: 'production', commit, description: '', payload: null })
    const [first, second] = [await create(), await create()]
    await deployments.status(first.id, 'in_progress', detail)
    await deployments.status(first.id, 'success', detail)
    await deployments.status(second.id, 'queued', { description: 'Waiting', url: null })
    expect((await deployments.list('production')).map(({ state }) => state)).toEqual(['queued', 'success'])
    await deployments.status(second.id, 'success', detail)
    expect((await deployments.list('production')).map(({ state }) => state)).toEqual(['success', 'inactive'])
    await expect(deployments.status(99_999, 'success', detail)).rejects.toMatchObject({ code: 'API_FAILED' })
  })

  test('name the kinds of rules of an environment, none, or null where there is none', async () => {
    const { deployments, commit } = await start()
    expect(await deployments.rules('production')).toEqual(['required_reviewers', 'wait_timer'])
    expect(await deployments.rules('staging')).toBeNull()
    await deployments.create({ environment: 'staging', commit, description: '', payload: null })
    expect(await deployments.rules('staging')).toEqual([])
  })
})
