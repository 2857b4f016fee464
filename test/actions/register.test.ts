import { createHash } from 'node:crypto'
import type { MemoryFiles } from '@mlwright/action'
import type { Run } from '@mlwright/domain'
import { releaseMarker } from '@mlwright/registry'
import { Records, recordFiles, recordsBranch } from '@mlwright/tracking'
import { describe, expect, test } from 'vitest'
import { mergedRun } from '../../actions/common/merged-run.ts'
import { deregister } from '../../actions/promote/retire.ts'
import { type Registered, type RegisterSettings, register, registerVerdict } from '../../actions/register/register.ts'
import { candidateFiles, config, emptyWorld, type Merge, merge, portsOf, pushEvent } from './races/world.ts'

const automatic: RegisterSettings = { config: 'mlwright.yml', prefix: '', bump: 'auto', version: undefined }

/** A repository whose release workflow registers merges one after the other. */
function repository() {
  const world = emptyWorld()
  const { state } = world
  let workflowRun = 0
  return {
    world,
    state,
    merge: (number: number, change?: Partial<Run>) => merge(world, number, change),
    ports: (commit: string, files?: MemoryFiles) => portsOf(world, pushEvent(commit, ++workflowRun, 1), files),
    async register(made: Merge, settings: Partial<RegisterSettings> = {}, files?: MemoryFiles): Promise<Registered> {
      const ports = this.ports(made.commit, files ?? (await candidateFiles(made)))
      const [registered] = await register(ports, { ...automatic, ...settings })
      return registered!
    },
    tags: () => [...state.tags.keys()].sort(),
  }
}

const { features } = (await merge(emptyWorld(), 1)).run

describe('a version', () => {
  test('is the first one after nothing, and a patch where signature, algorithm and columns stay', async () => {
    const here = repository()
    expect(await here.register(await here.merge(1))).toMatchObject({
      verdict: 'pass',
      version: 'v0.0.1',
      tag: 'churn@v0.0.1',
      created: true,
      message: 'Registered churn@v0.0.1 (patch: it is the first version).',
    })
    expect((await here.register(await here.merge(2))).version).toBe('v0.0.2')
    expect([...here.state.releases.values()].map(({ tag, draft }) => [tag, draft])).toEqual([
      ['churn@v0.0.1', false],
      ['churn@v0.0.2', false],
    ])
  })

  test('is minor where the model takes more, and major where it takes less', async () => {
    const here = repository()
    await here.register(await here.merge(1, { features: features.slice(1) }))
    const grown = await here.register(await here.merge(2))
    expect(grown).toMatchObject({ version: 'v0.1.0', message: expect.stringContaining('minor: the model also takes') })
    const broken = await here.register(await here.merge(3, { features: features.slice(2) }))
    expect(broken).toMatchObject({ version: 'v1.0.0', message: expect.stringContaining('major: the model takes no') })
  })

  test('is major where the model file of a command lacks a tensor or has it of another type, and minor where it has more', async () => {
    const here = repository()
    const train = { command: 'python train.py', params: {}, seed: 7, timeout_minutes: 60 }
    const tensor = (name: string, type: string, ...shape: (number | null)[]) => ({ name, type, shape })
    type Tensor = ReturnType<typeof tensor>
    const label = tensor('label', 'string', null)
    let number = 0
    const registered = async (inputs: Tensor[], outputs = [label], change: Partial<Run> = {}) => {
      const made = await here.merge(++number, { train, ...change })
      return (await here.register(made, {}, await candidateFiles(made, { inputs, outputs }))).message
    }
    const [tenure, plan] = features.slice(1, 3).map(({ name }) => tensor(name, 'float', null, 1)) as [Tensor, Tensor]
    expect(await registered([tenure], [label], { features: features.slice(1) })).toContain('v0.0.1 (patch')
    expect(await registered([tenure, plan])).toContain('v0.1.0 (minor: the model also takes')
    expect(await registered([tenure, plan])).toContain('v0.1.1 (patch')
    expect(await registered([tensor('features', 'float', null, 2)])).toContain(
      `v1.0.0 (major: the model file has no input "${tenure.name}" any more)`,
    )
    expect(await registered([tensor('features', 'double', null, 3)])).toContain(
      'v2.0.0 (major: the input "features" was float32 and is float64)',
    )
    expect(await registered([tensor('features', 'double', null, 3)], [tensor('label', 'string', null, 1)])).toContain(
      'v3.0.0 (major: the output "label" had 1 dimensions and has 2)',
    )
    const turned = { features: features.toReversed() }
    expect(
      await registered([tensor('features', 'double', null, 3)], [tensor('label', 'string', null, 1)], turned),
    ).toContain('v4.0.0 (major: the model takes its features in another order)')
    expect(await registered([tensor('features', 'double', null, 3)], [], turned)).toContain(
      'v5.0.0 (major: the model file has no',
    )
  })

  test('does not depend on what somebody made of the release before', async () => {
    const here = repository()
    const train = { command: 'python train.py', params: {}, seed: 7, timeout_minutes: 60 }
    const register = async (number: number) => {
      const made = await here.merge(number, { train })
      const inputs = [{ name: `input${number}`, type: 'float', shape: [null, 2] }]
      return here.register(made, {}, await candidateFiles(made, { inputs, outputs: inputs }))
    }
    await register(1)
    const [release] = [...here.state.releases.values()]
    const asset = release!.assets.find(({ name }) => name === 'MLmodel')!
    here.state.assets.set(asset.id, new TextEncoder().encode('signature: {inputs: nothing}'))
    expect(await register(2)).toMatchObject({ version: 'v0.0.2', verdict: 'pass' })
  })

  test('is what a label of the merged pull request says, and the input `bump` before it', async () => {
    const here = repository()
    const [labelled, overruled] = [await here.merge(1), await here.merge(2)]
    for (const [index, { commit }] of [labelled, overruled].entries())
      here.state.pulls.push({
        number: index + 1,
        title: '',
        body: '',
        labels: ['bug', 'mlwright:major'],
        head: { commit: 'f'.repeat(40), branch: 'topic', repository: 1, fork: false },
        base: { commit: 'e'.repeat(40), branch: 'main' },
        open: false,
        mergeCommit: commit,
      })
    expect(await here.register(labelled)).toMatchObject({
      version: 'v1.0.0',
      message: 'Registered churn@v1.0.0 (major: pull request #1 is labelled mlwright:major).',
    })
    expect((await here.register(overruled, { bump: 'minor' })).version).toBe('v1.1.0')
  })

  test('is the one that is named, unless it is taken', async () => {
    const here = repository()
    const first = await here.merge(1)
    expect((await here.register(first, { version: 'v2.0.0' })).tag).toBe('churn@v2.0.0')
    await expect(here.register(await here.merge(2), { version: 'v2.0.0' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('churn@v2.0.0 is taken by another commit'),
    })
    await expect(here.register(first, { version: 'v3.0.0' })).rejects.toThrow(
      'This commit is churn@v2.0.0, and a commit has one version; register v3.0.0 from another commit.',
    )
    expect((await here.register(first, { version: 'v2.0.0' })).created).toBe(false)
    expect(here.tags()).toEqual(['churn@v2.0.0'])
    expect([...here.state.refs.heads.keys()].filter((branch) => branch.startsWith('mlwright-lease'))).toEqual([])
  })

  test('is not made again by a rerun, which changes nothing', async () => {
    const here = repository()
    const made = await here.merge(1)
    const first = await here.register(made)
    const { state } = here
    const all = () => JSON.stringify([[...state.tags], [...state.releases], [...state.assets], [...state.refs.heads]])
    const before = all()
    expect(await here.register(made)).toEqual({
      ...first,
      created: false,
      message: 'churn@v0.0.1 is registered already.',
    })
    expect(all()).toBe(before)
  })

  test('is not made by a merge that changes no input', async () => {
    const here = repository()
    const made = await here.merge(1)
    await here.register(made)
    const readme = new Map([['README.md', new TextEncoder().encode('Hello')]])
    const commit = await here.state.refs.commit('main', 'Explain', readme)
    expect(await here.register({ ...made, commit })).toMatchObject({ version: 'v0.0.1', created: false })
    expect(here.tags()).toEqual(['churn@v0.0.1'])
  })

  test('stays deregistered, for a rerun and for a merge that changes no input, until another one is named', async () => {
    const here = repository()
    const made = await here.merge(1)
    await here.register(made)
    await deregister(here.ports(made.commit), config, 'churn', 'v0.0.1')
    expect(await here.register(made)).toMatchObject({
      created: false,
      message: expect.stringContaining('churn@v0.0.1 was deregistered'),
    })
    for (const version of ['v0.0.1', 'v0.1.0'])
      await expect(here.register(made, { version })).rejects.toThrow(
        `This commit was churn@v0.0.1, which was deregistered, and a commit has one version; register ${version} from another commit.`,
      )
    const commit = await here.state.refs.commit('main', 'Explain', new Map([['README.md', new Uint8Array([65])]]))
    expect((await here.register({ ...made, commit })).created).toBe(false)
    expect((await here.register({ ...made, commit }, { version: 'v0.1.0' })).created).toBe(true)
    expect(here.tags()).toEqual(['churn@v0.0.1', 'churn@v0.0.1!', 'churn@v0.1.0'])
  })
})

describe('nothing is registered', () => {
  test('where a gate of the commit fails', async () => {
    const here = repository()
    const made = await here.merge(1)
    const roc_auc = { value: 0.79, low: 0.77, high: 0.81 }
    const evaluation = { ...made.evaluation, metrics: { ...made.evaluation.metrics, roc_auc } }
    const registered = await here.register({ ...made, evaluation })
    expect(registered).toMatchObject({
      version: null,
      message: 'churn is not registered. It does not pass roc_auc min 0.8.',
    })
    expect(registerVerdict([registered])).toBe('fail')
    expect([here.tags(), here.state.releases.size]).toEqual([[], 0])
  })

  test('where the artifact holds another model, or a run of other inputs', async () => {
    const here = repository()
    const [made, other] = [await here.merge(1), await here.merge(2)]
    await expect(here.register({ ...made, model: other.model })).rejects.toMatchObject({ code: 'MODEL_INVALID' })
    expect(await here.register({ ...made, commit: other.commit })).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('was made from other inputs than commit'),
    })
    expect(here.tags()).toEqual([])
  })

  test('where a candidate does not lie where it says', async () => {
    const here = repository()
    const made = await here.merge(1)
    const files = await candidateFiles(made)
    const [path] = await files.glob('.mlwright/candidates/*/*.json')
    await files.write('.mlwright/candidates/churn/elsewhere.json', (await files.read(path!))!)
    await expect(here.register(made, {}, files)).rejects.toMatchObject({ code: 'RECORD_INVALID' })
  })

  test('of metrics that only the artifact claims: the published record counts', async () => {
    const here = repository()
    const made = await here.merge(1)
    const worse = { ...made.evaluation.metrics, roc_auc: { value: 0.6, low: 0.5, high: 0.7 } }
    await publish(made.run, worse)
    expect((await here.register(made)).verdict).toBe('fail')

    async function publish(run: Run, metrics: Merge['evaluation']['metrics']) {
      const record = { run, evaluation: { ...made.evaluation, metrics }, comparison: null, predictions: null }
      await here.state.refs.commit(recordsBranch, 'Record', recordFiles({ ...record, commit: null, branch: null }))
    }
  })

  test('of a fork: its run is no run of the merge, and does not become a version', async () => {
    const here = repository()
    const stamp = { workflow_run: 9, attempt: 1, pull_request: null, fork: true, actor: 'mallory' }
    const made = await here.merge(1, { stamp })
    const { run, evaluation, commit } = made
    const record = { run, evaluation, comparison: null, predictions: null, commit: null, branch: null }
    await here.state.refs.commit(recordsBranch, 'Record', recordFiles(record))
    const records = new Records(here.state.refs)
    expect(await mergedRun(here.ports(commit), records, commit, 'churn', run.input_digest)).toBeNull()
    expect(await here.register(made)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('was computed by a fork'),
    })
  })
})

describe('what a run that was killed left', () => {
  test('is completed: a draft with some files, while one with a strange file and a second one are deleted', async () => {
    const here = repository()
    const made = await here.merge(1)
    const { releases } = here.ports(made.commit)
    const text = { tag: 'churn@v0.0.1', title: 'churn v0.0.1', body: `${releaseMarker('churn@v0.0.1')}\nHalf` }
    const strange = await releases.draft(text)
    await releases.upload(strange.id, 'comparison.json', new Uint8Array([1]))
    const begun = await releases.draft(text)
    await releases.upload(begun.id, 'model.onnx', new Uint8Array([2]))
    await releases.draft(text)
    const foreign = await releases.draft({ ...text, body: 'Written by hand' })
    await here.register(made)
    const left = [...here.state.releases.values()]
    expect(left.map(({ id, draft }) => [id, draft])).toEqual([
      [begun.id, false],
      [foreign.id, true],
    ])
    const model = left[0]!.assets.find(({ name }) => name === 'model.onnx')!
    expect(here.state.assets.get(model.id)).toEqual(made.model)
  })

  test('is not completed with other bytes than the tag names', async () => {
    const here = repository()
    const made = await here.merge(1)
    await here.register(made)
    here.state.releases.clear()
    const model = new TextEncoder().encode('trained again')
    const digest = createHash('sha256').update(model).digest('hex')
    const id = made.run.id.replace('T0901', 'T1001')
    const run = { ...made.run, id, model_file: { digest, bytes: model.length } }
    const again = { ...made, run, model, evaluation: { ...made.evaluation, run: id } }
    expect(await here.register(again)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('so its release cannot be completed'),
    })
    expect(here.state.releases.size).toBe(0)
    expect((await here.register(made)).verdict).toBe('pass')
    expect(here.state.releases.size).toBe(1)
  })
})
