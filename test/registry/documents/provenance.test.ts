import { provenance, registrationPredicate } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'
import { facts } from './facts.ts'

const assets = new Map([
  ['run.json', new TextEncoder().encode('{}')],
  ['model.onnx', new TextEncoder().encode('model')],
])
const statement = (changes: Partial<typeof facts> = {}) => JSON.parse(provenance({ ...facts, ...changes }, assets))

describe('the provenance', () => {
  it("has the release's other files as subjects", () => {
    // printf model | sha256sum; printf '{}' | sha256sum
    expect(statement().subject).toEqual([
      { name: 'model.onnx', digest: { sha256: '9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4' } },
      { name: 'run.json', digest: { sha256: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' } },
    ])
  })

  it('depends on the code, the data, the inputs and the baseline', () => {
    const { resolvedDependencies } = statement().predicate.buildDefinition
    expect(resolvedDependencies.map(({ name }: { name: string }) => name)).toEqual([
      'code',
      'data',
      'inputs',
      'baseline',
    ])
    expect(resolvedDependencies[0].digest).toEqual({ gitCommit: facts.run.code.commit })
    expect(resolvedDependencies[1].digest).toEqual({ sha256: facts.run.dataset.digest })
    expect(resolvedDependencies[3].digest).toMatchObject({ sha256: facts.comparison!.baseline.input_digest })
  })

  it('names the attempt of the run that trained as its builder, and when it worked', () => {
    const { builder, metadata } = statement().predicate.runDetails
    expect(builder.id).toBe('https://github.com/acme/telco/actions/runs/4711/attempts/1')
    expect(metadata).toMatchObject({ startedOn: '2026-05-11T09:30:00.000Z', finishedOn: '2026-05-11T09:30:02.900Z' })
  })

  it('says so where a laptop trained', () => {
    const laptop = statement({ run: { ...facts.run, stamp: null } }).predicate.runDetails
    expect(laptop.builder.id).toBe('urn:mlwright:laptop:v1')
    expect(laptop.metadata.invocationId).toBe(facts.run.id)
  })

  it('is one line', () => {
    expect(provenance(facts, assets).split('\n')).toHaveLength(2)
  })
})

describe('the predicate of a registration', () => {
  it('says which run registered and which one trained', () => {
    expect(registrationPredicate(facts, { id: 4800, attempt: 2, actor: 'grace' })).toMatchObject({
      tag: 'churn@v1.4.0',
      registered_by: {
        workflow_run: 4800,
        actor: 'grace',
        url: 'https://github.com/acme/telco/actions/runs/4800/attempts/2',
      },
      trained_by: {
        workflow_run: 4711,
        actor: 'ada',
        url: 'https://github.com/acme/telco/actions/runs/4711/attempts/1',
      },
      digests: { model: facts.run.model_file!.digest },
    })
  })
})
