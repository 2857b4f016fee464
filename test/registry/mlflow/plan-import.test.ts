import { type MlflowModel, type MlflowVersion, planImport } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'

const version = (number: number, changes: Partial<MlflowVersion> = {}): MlflowVersion => ({
  version: number,
  at: 1_700_000_000 + number,
  changed: 1_700_000_000 + number,
  stage: null,
  ready: true,
  run: `run${number}`,
  source: `mlflow-artifacts:/0/run${number}/artifacts/model`,
  description: '',
  ...changes,
})
const model = (
  versions: readonly MlflowVersion[],
  aliases: Record<string, number> = {},
  name = 'churn',
): MlflowModel => ({
  name,
  aliases: new Map(Object.entries(aliases)),
  versions,
})
const commits = new Map([1, 2, 3, 10].map((number) => [`run${number}`, `${number % 10}`.repeat(40)]))
const plan = (models: MlflowModel[], known = commits) =>
  planImport({ models: async () => models, commit: async (run) => known.get(run) ?? null })

describe('the plan of an import from MLflow', () => {
  it('makes version N to vN.0.0, oldest first', async () => {
    const { models, findings } = await plan([model([version(10), version(2), version(1)])])
    expect(models[0]!.versions.map((one) => [one.version, one.commit?.[0]])).toEqual([
      ['v1.0.0', '1'],
      ['v2.0.0', '2'],
      ['v10.0.0', '0'],
    ])
    expect(findings).toEqual([])
  })

  it('makes stages and aliases to stages, and leaves out what is archived', async () => {
    const versions = [
      version(1, { stage: 'Archived' }),
      version(2, { stage: 'Production' }),
      version(3, { stage: 'Staging' }),
    ]
    const { models } = await plan([model(versions, { champion: 2, 'blue/green': 3 })])
    expect(models[0]!.stages).toEqual([
      { stage: 'production', version: 'v2.0.0' },
      { stage: 'staging', version: 'v3.0.0' },
      { stage: 'blue/green', version: 'v3.0.0' },
      { stage: 'champion', version: 'v2.0.0' },
    ])
  })

  it('gives a stage with several versions to the one changed last, and says so', async () => {
    const versions = [version(1, { stage: 'Production', changed: 1_800_000_000 }), version(2, { stage: 'Production' })]
    const { models, findings } = await plan([model(versions)])
    expect(models[0]!.stages).toEqual([{ stage: 'production', version: 'v1.0.0' }])
    expect(findings.map(({ message }) => message)).toEqual([
      'churn has the versions 2 and 1 in production; the stage is given 1.',
    ])
  })

  it('prefers an alias over a stage of the same name', async () => {
    const { models } = await plan([model([version(1), version(2, { stage: 'Production' })], { production: 1 })])
    expect(models[0]!.stages).toEqual([{ stage: 'production', version: 'v1.0.0' }])
  })

  it('says which versions need a commit of their own', async () => {
    const shared = new Map([
      ['run1', 'a'.repeat(40)],
      ['run2', 'a'.repeat(40)],
    ])
    const { models, findings } = await plan([model([version(1), version(2), version(3, { run: null })])], shared)
    expect(models[0]!.versions.map(({ commit }) => commit)).toEqual(['a'.repeat(40), null, null])
    expect(findings.map(({ message }) => message)).toEqual([
      'churn: v2.0.0 was made from the commit of v1.0.0; it gets one of its own.',
      'churn: no commit is known for the version 3; it gets one of its own.',
    ])
  })

  it('leaves out what never became ready, aliases of nothing and models without versions', async () => {
    const { models, findings } = await plan([
      model([version(1), version(2, { ready: false })], { next: 2, lost: 9 }),
      model([], {}, 'empty'),
    ])
    expect(models).toHaveLength(1)
    expect(models[0]!.versions).toHaveLength(1)
    expect(findings.map(({ message }) => message.replace(/; it is left out\.$/, ''))).toEqual([
      'churn: the version 2 never became ready',
      'churn: the alias lost names the version 9, which is not there',
      'churn: the alias next names the version 2, which is not there',
      'empty has no version',
    ])
  })

  it('writes names as mlwright.yml does, and refuses two that would be one', async () => {
    const named = (name: string) => model([version(1)], {}, name)
    expect((await plan([named('Churn Model (EU)')])).models[0]!.model).toBe('churn-model-eu')
    await expect(plan([named('Churn'), named('churn')])).rejects.toThrow(/Churn and churn would both be called churn/)
    await expect(plan([named('模型')])).rejects.toThrow(/no letter a to z/)
  })
})
