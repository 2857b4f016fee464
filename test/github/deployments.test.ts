import { expect, test } from 'vitest'
import { commitTo, github, portsOf } from './fixture.ts'

test('shows the deployment of a job that names the environment, waiting for its rules', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  double.state.environments.push({ name: 'production', rules: ['required_reviewers', 'branch_policy'] })
  const made = await double.deployJob({ environment: 'production' })
  const { deployments } = portsOf(double)
  expect(await deployments.list('production')).toMatchObject([{ id: made.id, commit, state: 'waiting', payload: null }])
  double.deploymentStatus(made.id, 'in_progress')
  await deployments.status(made.id, 'success', { description: 'x'.repeat(200), url: null })
  expect(await deployments.list('production')).toMatchObject([{ state: 'success' }])
  expect(double.state.deployments[0]!.statuses.at(-1)!.description).toHaveLength(140)
})

test('lists more than fit on a page, in two requests', async () => {
  const double = await github()
  await commitTo(double, 'main', { 'a.txt': 'a' })
  for (let index = 0; index < 130; index++) await double.deployJob({ environment: 'staging' })
  const before = double.state.requests.length
  const listed = await portsOf(double).deployments.list('staging')
  expect(listed.map(({ id }) => id)).toEqual(double.state.deployments.map(({ id }) => id).toReversed())
  expect(double.state.requests.length - before).toBe(2)
})

test('reads the rules of an environment whose name holds a slash', async () => {
  const double = await github()
  double.state.environments.push({ name: 'eu/production', rules: ['wait_timer'] })
  expect(await portsOf(double).deployments.rules('eu/production')).toEqual(['wait_timer'])
})

test('names the permission that each question takes', async () => {
  const double = await github({ private: true })
  const commit = await commitTo(double, 'main', { 'a.txt': 'a' })
  const { deployments } = portsOf(double, { contents: 'read' })
  const create = () => deployments.create({ environment: 'production', commit, description: '', payload: null })
  for (const [attempt, permission] of [
    [() => deployments.list('production'), 'deployments: read'],
    [create, 'deployments: write'],
    [() => deployments.rules('production'), 'actions: read'],
  ] as const)
    await expect(attempt()).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
      message: expect.stringContaining(`\`permissions: ${permission}\``),
    })
})
