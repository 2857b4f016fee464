import { MemoryFiles, type MemoryRunner } from '@mlwright/action'
import { describe, expect, test } from 'vitest'
import { type PromoteInputs, promote } from '../../actions/promote/promote.ts'
import { configText, portsOf } from './races/world.ts'
import { inputs, repository, stagesFile } from './released.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a version moves to a stage', () => {
  test('by a tag, a Deployment and the workflow of the stage, and only once', async () => {
    const here = await repository(2)
    const moved = await here.promote('direct', { version: 'v0.0.1' })
    expect(moved.message).toBe('churn v0.0.1 is in production now (churn#production#1).')
    expect(moved.outputs).toMatchObject({ tag: 'churn#production#1', previous: '' })
    expect(here.state.dispatches).toEqual([
      {
        workflow: 'deploy.yml',
        branch: 'main',
        inputs: { model: 'churn', version: 'v0.0.1', stage: 'production', tag: 'churn#production#1' },
      },
    ])
    const again = await here.promote('direct', { version: 'v0.0.1' })
    expect(again.message).toBe('churn v0.0.1 is in production already (churn#production#1).')
    expect(again.outputs['deployment-id']).toBe(moved.outputs['deployment-id'])
    expect(here.state.dispatches).toHaveLength(1)
    const next = await here.promote('direct')
    expect(next.message).toBe('churn v0.0.2 is in production now, where v0.0.1 was (churn#production#2).')
    expect(here.live()).toEqual([['churn#production#2', 'success']])
  })

  test('as model and version are written together elsewhere', async () => {
    const here = await repository(2)
    expect((await here.promote('direct', { model: 'churn@v0.0.1' })).message).toContain(
      'churn v0.0.1 is in production now',
    )
    await expect(here.promote('direct', { model: 'churn@0.0.2' })).rejects.toThrow('did you mean churn@v0.0.2?')
  })

  test('with the Deployment that GitHub made for the job, where that names the environment', async () => {
    const here = await repository(1)
    const event = here.event()
    const { deployments } = portsOf(here.world, event)
    const job = { environment: 'production', commit: event.commit!, description: '', payload: null }
    const { id } = await deployments.create(job)
    await deployments.status(id, 'in_progress', { description: '', url: null })
    expect((await here.promote('direct')).outputs['deployment-id']).toBe(String(id))
    expect(here.state.deployments.size).toBe(1)
    expect(here.state.deployments.get(id)?.state).toBe('in_progress')
  })

  test('on a laptop without a Deployment, and its stages file says so', async () => {
    const here = await repository(1)
    const files = new MemoryFiles({ 'mlwright.yml': configText })
    const ports = portsOf(here.world, here.event({ name: 'local', run: null, repository: null }), files)
    await promote(inputs, ports)
    expect(here.tags()).toEqual(['churn#production#1'])
    expect([here.state.deployments.size, here.state.dispatches.length]).toEqual([0, 0])
    expect((ports.runner as MemoryRunner).lines).toEqual([
      'On GitHub, deploy.yml would be started now.',
      "Commit models/churn/stages.yml; `git push origin 'churn#production#1'` shares the tag, which is in this clone alone.",
    ])
    expect(new TextDecoder().decode((await files.read('models/churn/stages.yml'))!)).toContain('production: v0.0.1')
  })

  test('on a laptop, where the stages file follows too when a version leaves a stage', async () => {
    const here = await repository(2)
    const files = new MemoryFiles({ 'mlwright.yml': configText })
    const type = async (mode: PromoteInputs['mode'], given: Partial<PromoteInputs> = {}) => {
      const ports = portsOf(here.world, here.event({ name: 'local', run: null, repository: null }), files)
      await promote({ ...inputs, ...given, mode }, ports)
      const file = await files.read('models/churn/stages.yml')
      return file && new TextDecoder().decode(file).split('stages:')[1]
    }
    for (const version of ['v0.0.1', 'v0.0.2']) await type('direct', { version })
    expect(await type('unassign')).toBe('\n  production: v0.0.1\n')
    expect(await type('direct', { version: 'v0.0.2' })).toBe('\n  production: v0.0.2\n')
    expect(await type('deregister', { version: 'v0.0.2' })).toBe('\n  production: v0.0.1\n')
    expect(await type('deregister', { version: 'v0.0.1' })).toBe(' {}\n')
    await files.remove('models/churn/stages.yml')
    expect(await type('unassign')).toBeNull()
  })

  test('and a rerun of an old workflow run does not take the place back that another got since', async () => {
    const here = await repository(2)
    const run = { id: 7, attempt: 1, url: '' }
    await here.promote('direct', { version: 'v0.0.1' }, { run })
    await here.promote('direct', { version: 'v0.0.2' })
    const again = await here.promote('direct', { version: 'v0.0.1' }, { run: { ...run, attempt: 2 } })
    expect(again.message).toBe(
      'This run put churn v0.0.1 into production before (churn#production#1); v0.0.2 has taken its place since, and stays.',
    )
    expect(here.tags()).toEqual(['churn#production#1', 'churn#production#2'])
    expect(here.live()).toEqual([['churn#production#2', 'success']])
  })
})

describe('a version is refused', () => {
  test('that was deregistered, or whose model is deprecated', async () => {
    const here = await repository(2)
    await here.promote('deregister', { version: 'v0.0.2' })
    await expect(here.promote('direct', { version: 'v0.0.2' })).rejects.toThrow('churn v0.0.2 was deregistered.')
    expect((await here.promote('direct')).message).toContain('churn v0.0.1 is in production now')
    await here.promote('deprecate')
    await expect(here.promote('direct', { version: 'v0.0.1' })).rejects.toThrow('The model churn is deprecated.')
  })

  test('that does not pass the gates of today', async () => {
    const here = await repository(1)
    await here.commit({ 'mlwright.yml': configText.replace('min: 0.8', 'min: 0.9') })
    for (const mode of ['direct', 'pull-request'] as const)
      await expect(here.promote(mode)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        message: 'churn v0.0.1 does not pass roc_auc min 0.9. Promote another version.',
      })
    expect(here.tags()).toEqual([])
  })

  test('whose files are not what they were, or that has no release', async () => {
    const here = await repository(2)
    const [first, second] = [...here.state.releases.values()]
    const card = first!.assets.find(({ name }) => name === 'model-card.md')!
    here.state.assets.set(card.id, bytes('Trust me.'))
    await expect(here.promote('direct', { version: 'v0.0.1' })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining('model-card.md of churn@v0.0.1 has another digest than SHA256SUMS says'),
    })
    here.state.releases.delete(second!.id)
    await expect(here.promote('direct', { version: 'v0.0.2' })).rejects.toThrow('churn@v0.0.2 has no release')
  })

  test('that nobody registered, and a stage that is none, with the nearest name', async () => {
    const here = await repository(1)
    await expect(here.promote('direct', { version: 'v9.0.0' })).rejects.toThrow('registered are v0.0.1')
    for (const mode of ['direct', 'pull-request', 'rollback', 'unassign'] as const)
      await expect(here.promote(mode, { stage: 'prodution' })).rejects.toThrow(
        'registry.stages of mlwright.yml has no stage prodution; did you mean production?',
      )
  })
})

describe('a rollback', () => {
  test('goes back one version each time, until there is none', async () => {
    const here = await repository(3)
    for (const version of ['v0.0.1', 'v0.0.2', 'v0.0.3']) await here.promote('direct', { version })
    expect((await here.promote('rollback')).message).toContain('churn v0.0.2 is in production now, where v0.0.3 was')
    expect((await here.promote('rollback')).message).toContain('churn v0.0.1 is in production now, where v0.0.2 was')
    await expect(here.promote('rollback')).rejects.toThrow('No other active version of churn was in production before')
    expect(here.live()).toEqual([['churn#production#5', 'success']])
  })

  test('is done once by a workflow run that is started again', async () => {
    const here = await repository(3)
    for (const version of ['v0.0.1', 'v0.0.2', 'v0.0.3']) await here.promote('direct', { version })
    const run = { id: 7, attempt: 1, url: '' }
    await here.promote('rollback', {}, { run })
    const again = await here.promote('rollback', {}, { run: { ...run, attempt: 2 } })
    expect(again.message).toContain('churn v0.0.2 is in production already')
    expect(here.tags()).toHaveLength(4)
  })

  test('passes over a version that was deregistered, and asks for the stages file to follow', async () => {
    const here = await repository(3)
    for (const version of ['v0.0.1', 'v0.0.2', 'v0.0.3']) await here.promote('direct', { version })
    await here.commit({ 'models/churn/stages.yml': stagesFile({ production: 'v0.0.3' }) })
    await here.promote('deregister', { version: 'v0.0.2' })
    expect((await here.promote('rollback')).message).toContain('churn v0.0.1 is in production now')
    const branch = 'mlwright/promote/churn-production'
    expect(here.state.pulls).toMatchObject([{ head: { branch }, open: true }])
    const file = await here.state.refs.read(branch, 'models/churn/stages.yml')
    expect(new TextDecoder().decode(file!)).toBe(stagesFile({ production: 'v0.0.1' }))
  })
})

describe('deregistering', () => {
  test('lets the version before take over with its Deployment and workflow, once, and ends what has no version left', async () => {
    const here = await repository(2)
    for (const version of ['v0.0.1', 'v0.0.2']) await here.promote('direct', { version })
    await here.promote('direct', { version: 'v0.0.2', stage: 'staging' })
    const run = { id: 7, attempt: 1, url: '' }
    const gone = await here.promote('deregister', { version: 'v0.0.2' }, { run })
    expect(gone.message).toBe('Deregistered churn v0.0.2. v0.0.1 is in production again. Nothing is in staging now.')
    expect(here.live()).toEqual([['churn#production#1', 'success']])
    expect(here.state.dispatches.at(-1)?.inputs).toMatchObject({ version: 'v0.0.1', stage: 'production' })
    await here.promote('deregister', { version: 'v0.0.2' }, { run: { ...run, attempt: 2 } })
    expect(here.state.dispatches).toHaveLength(3)
    expect((await here.promote('deregister', { version: 'v0.0.1' })).message).toBe(
      'Deregistered churn v0.0.1. Nothing is in production now.',
    )
    expect(here.live()).toEqual([])
  })
})

describe('unassigning', () => {
  test('leaves the stage to the version before, ends the Deployment, and is done once by a rerun', async () => {
    const here = await repository(2)
    for (const version of ['v0.0.1', 'v0.0.2']) await here.promote('direct', { version })
    const run = { id: 7, attempt: 1, url: '' }
    const taken = await here.promote('unassign', {}, { run })
    expect(taken.message).toBe('Took churn v0.0.2 out of production. v0.0.1 is in production again.')
    expect(here.live()).toEqual([['churn#production#1', 'success']])
    const started = () => here.state.dispatches.map(({ inputs }) => [inputs.version, inputs.tag])
    expect(started().slice(2)).toEqual([['v0.0.1', 'churn#production#1']])
    await here.promote('unassign', {}, { run: { ...run, attempt: 2 } })
    expect(started()).toHaveLength(3)
    expect(here.tags()).toEqual(['churn#production!#3', 'churn#production#1', 'churn#production#2'])
    expect((await here.promote('unassign')).message).toBe(
      'Took churn v0.0.1 out of production. Nothing is in production now.',
    )
    expect((await here.promote('unassign')).message).toBe('No version of churn is in production.')
  })

  test('and moving the version that came back by itself is an event of its own, with a Deployment', async () => {
    const here = await repository(2)
    for (const version of ['v0.0.1', 'v0.0.2']) await here.promote('direct', { version })
    await here.promote('unassign')
    expect((await here.promote('direct', { version: 'v0.0.1' })).outputs.tag).toBe('churn#production#4')
    expect(here.live()).toEqual([['churn#production#4', 'success']])
  })
})
