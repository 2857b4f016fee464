import { builtInSignature, mlModel } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { facts } from './facts.ts'

describe('MLmodel', () => {
  it('declares one tensor per column, text as objects and the batch as open', () => {
    const { signature } = parse(mlModel(facts))
    const inputs = JSON.parse(signature.inputs)
    expect(inputs).toHaveLength(facts.run.features.length)
    expect(inputs[0]).toEqual({ name: 'gender', type: 'tensor', 'tensor-spec': { dtype: 'object', shape: [-1, 1] } })
    expect(JSON.parse(signature.outputs)).toEqual([
      { name: 'label', type: 'tensor', 'tensor-spec': { dtype: 'object', shape: [-1] } },
      { name: 'probabilities', type: 'tensor', 'tensor-spec': { dtype: 'float32', shape: [-1, 2] } },
    ])
  })

  it("writes the run's time as MLflow does", () => {
    expect(parse(mlModel(facts)).utc_time_created).toBe('2026-05-11 09:30:00.000000')
  })

  it("has no signature for a command's model that nobody opened", () => {
    expect(parse(mlModel({ ...facts, signature: null }))).not.toHaveProperty('signature')
  })

  it('refuses a model whose output is no tensor', () => {
    const outputs = [{ name: 'output_probability', type: 'other', shape: [] }]
    expect(() => mlModel({ ...facts, signature: { inputs: facts.signature!.inputs, outputs } })).toThrow(
      /output_probability is other/,
    )
  })

  it('refuses a record without a time', () => {
    expect(() => mlModel({ ...facts, run: { ...facts.run, started: 'yesterday' } })).toThrow(/says no time/)
  })
})

describe("a built-in trainer's signature", () => {
  it('takes dates as double and answers one prediction per row in regression', () => {
    const features = [{ name: 'day', type: 'date' as const }]
    expect(builtInSignature({ ...facts.run, task: 'regression', classes: [], features })).toEqual({
      inputs: [{ name: 'day', type: 'double', shape: [null, 1] }],
      outputs: [{ name: 'prediction', type: 'float', shape: [null, 1] }],
    })
  })

  it('is unknown for a command', () => {
    const train = { command: 'python train.py', params: {}, seed: 7, timeout_minutes: 60 }
    expect(builtInSignature({ ...facts.run, train })).toBeNull()
  })
})
