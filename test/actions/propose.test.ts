import { describe, expect, test } from 'vitest'
import { repository, stagesFile } from './released.ts'

describe('a plan', () => {
  const moves = (outcome: { outputs: { moves: string } }) => JSON.parse(outcome.outputs.moves)

  test('of a push lists only the lines that it changed and that are not so yet', async () => {
    const here = await repository(2)
    const path = 'models/churn/stages.yml'
    const baseCommit = await here.commit({ [path]: stagesFile({ production: 'v0.0.1', staging: 'v0.0.1' }) })
    await here.commit({ [path]: stagesFile({ production: 'v0.0.1', staging: 'v0.0.2' }) })
    const staging = { model: 'churn', stage: 'staging', version: 'v0.0.2', environment: 'staging', mode: 'direct' }
    expect(moves(await here.promote('plan', {}, { baseCommit }))).toEqual([staging])
    const byHand = moves(await here.promote('plan', {}, { name: 'workflow_dispatch', baseCommit: null }))
    expect(byHand).toEqual([{ ...staging, stage: 'production', version: 'v0.0.1', environment: 'production' }, staging])
    await here.promote('direct', { version: 'v0.0.2', stage: 'staging' })
    const done = await here.promote('plan', {}, { baseCommit })
    expect(done.message).toBe('The stages files ask for nothing new.')
  })

  test('empties a stage whose line was deleted', async () => {
    const here = await repository(1)
    const path = 'models/churn/stages.yml'
    await here.promote('direct', { stage: 'staging' })
    const baseCommit = await here.commit({ [path]: stagesFile({ staging: 'v0.0.1' }) })
    await here.commit({ [path]: 'version: 1\nstages: {}\n' })
    expect(moves(await here.promote('plan', {}, { baseCommit }))).toEqual([
      { model: 'churn', stage: 'staging', version: '', environment: 'staging', mode: 'unassign' },
    ])
  })

  test('says where a version stands that is not registered', async () => {
    const here = await repository(1)
    await here.commit({ 'models/churn/stages.yml': stagesFile({ production: 'v1.0.0' }) })
    await expect(here.promote('plan')).rejects.toThrow(
      'models/churn/stages.yml:3:15: churn has no active version v1.0.0; registered are v0.0.1.',
    )
  })
})

describe('a proposal', () => {
  test('of the first version says that nothing is in the stage yet', async () => {
    const here = await repository(1)
    const proposed = await here.promote('pull-request')
    expect(proposed.outputs).toMatchObject({ tag: '', previous: '', 'pull-request': '1' })
    const [pull] = here.state.pulls
    expect(pull).toMatchObject({ title: 'Promote churn v0.0.1 to production', base: { branch: 'main' } })
    expect(pull?.body).toContain('production is empty until then')
    expect(here.world.comments.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('No version is in production yet'),
    ])
    expect([...here.world.checks.published.values()]).toMatchObject([
      { commit: here.state.refs.heads.get('mlwright/promote/churn-production'), conclusion: 'success' },
    ])
    expect(here.tags()).toEqual([])
  })

  test('of a newer version takes the place of the one before on the same pull request', async () => {
    const here = await repository(2)
    await here.promote('pull-request', { version: 'v0.0.1' })
    await here.promote('pull-request')
    expect(here.state.pulls).toMatchObject([{ number: 1, title: 'Promote churn v0.0.2 to production' }])
    expect(here.world.comments.comments).toHaveLength(1)
  })

  test('gives the address to open it at where GitHub Actions may not open pull requests', async () => {
    const here = await repository(1)
    here.state.opensPulls = false
    const { message, outputs } = await here.promote('pull-request')
    expect(message).toContain(
      'https://github.com/memory/churn/compare/main...mlwright/promote/churn-production?expand=1',
    )
    expect(message).toContain('Allow GitHub Actions to create and approve pull requests')
    expect(outputs['pull-request']).toBe('')
    expect(here.state.refs.heads.has('mlwright/promote/churn-production')).toBe(true)
  })

  test('is not made where the merged file asks for the version already', async () => {
    const here = await repository(1)
    await here.commit({ 'models/churn/stages.yml': stagesFile({ production: 'v0.0.1' }) })
    expect((await here.promote('pull-request')).message).toContain('or merged to go there')
    expect(here.state.pulls).toEqual([])
  })
})
