import { type BumpFacts, chooseBump } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'

const facts: BumpFacts = {
  task: 'classification',
  target: 'Churn',
  classes: ['No', 'Yes'],
  features: [
    { name: 'tenure', type: 'number' },
    { name: 'plan', type: 'string' },
    { name: 'since', type: 'date' },
  ],
  train: { algorithm: 'gradient-boosting', params: { trees: 100 }, seed: 7 },
  dataset: {
    name: 'telco',
    digest: 'aa',
    files: ['data/telco.csv'],
    rows: 7043,
    columns: [
      { name: 'tenure', type: 'number' },
      { name: 'plan', type: 'string' },
      { name: 'since', type: 'date' },
      { name: 'Churn', type: 'string' },
    ],
  },
}
const bump = (change: Partial<BumpFacts>) => {
  const { bump, reason } = chooseBump(facts, { ...facts, ...change })
  return `${bump}: ${reason}`
}

describe('chooseBump', () => {
  it('is major where programs that use the model break', () => {
    expect(bump({ task: 'regression' })).toBe('major: the task was classification and is regression')
    expect(bump({ target: 'Left' })).toBe('major: the target was "Churn" and is "Left"')
    expect(bump({ classes: ['No', 'Yes', 'Maybe'] })).toBe(
      'major: the classes were "No", "Yes" and are "No", "Yes", "Maybe"',
    )
    expect(bump({ classes: ['Yes', 'No'] })).toContain('major')
    expect(bump({ features: facts.features.slice(1) })).toBe('major: the model takes no "tenure" any more')
    expect(bump({ features: facts.features.map(({ name }) => ({ name, type: 'string' as const })) })).toBe(
      'major: "tenure" was a number and is a string',
    )
  })

  it('is minor where features, algorithm or columns change and the rest goes on', () => {
    expect(bump({ features: [...facts.features, { name: 'age', type: 'number' }] })).toBe(
      'minor: the model also takes "age"',
    )
    expect(bump({ train: { algorithm: 'logistic-regression', params: {}, seed: 7 } })).toBe(
      'minor: gradient-boosting was replaced by logistic-regression',
    )
    expect(bump({ train: { command: 'python train.py', params: {}, seed: 7, timeout_minutes: 60 } })).toBe(
      'minor: gradient-boosting was replaced by python train.py',
    )
    const columns = [...facts.dataset.columns, { name: 'age', type: 'number' as const }]
    expect(bump({ dataset: { ...facts.dataset, columns } })).toBe('minor: the columns of the data changed')
  })

  it('is patch for new rows, other params or another order of columns', () => {
    const patch = 'patch: signature, algorithm and columns are the same'
    expect(
      bump({ dataset: { ...facts.dataset, rows: 8000, digest: 'bb', columns: facts.dataset.columns.toReversed() } }),
    ).toBe(patch)
    expect(bump({ train: { algorithm: 'gradient-boosting', params: { trees: 7 }, seed: 8 } })).toBe(patch)
    expect(bump({ features: facts.features.toReversed() })).toBe(patch)
  })

  it('is patch for the first version', () => {
    expect(chooseBump(null, facts)).toEqual({ bump: 'patch', reason: 'it is the first version' })
  })
})
