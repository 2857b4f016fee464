import { parseConfig } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { retrainedText } from '../../actions/retrain/retrained-text.ts'

const text = (split: string, dataset = 'customers') => `# Ours.
version: 1
project: { name: telco, objective: "Keep   them." }
datasets:
  customers: { source: 'data/*.csv', contract: c.yaml } # all of them
models:
  churn:
    dataset: ${dataset}
    task: classification
    target: churn
${split}    train: { algorithm: gradient-boosting }
    evaluate: { metrics: [roc_auc, f1] }
`

function changed(before: string): string {
  const config = parseConfig(before, 'mlwright.yml')
  return retrainedText(before, 'mlwright.yml', config, 'churn', config.models.churn!)
}

const differing = (before: string, after: string) => {
  const there = new Set(before.split('\n'))
  return after.split('\n').filter((line) => !there.has(line))
}

describe('mlwright.yml after a retraining', () => {
  test('reads the data version and splits by its column; every other line is as it was', () => {
    const before = text('    split: { method: random, test: 0.3, stratify: true, seed: 3, validation: 0.1 } # fair\n')
    expect(differing(before, changed(before))).toEqual([
      '  churn-training-data:',
      '    source: models/churn/training-data.parquet',
      '    contract: c.yaml',
      '    dataset: churn-training-data',
      '    split: { method: column, column: mlwright_split } # fair',
    ])
  })

  test('says the split where nothing said it, and keeps what orders or groups the rows', () => {
    const none = text('')
    expect(differing(none, changed(none)).slice(-3)).toEqual([
      '    split:',
      '      method: column',
      '      column: mlwright_split',
    ])
    expect(changed(text('    split: { method: time, column: day }\n'))).toContain(
      'split: { method: column, column: mlwright_split, order: day }',
    )
    expect(changed(text('    split: { method: group, column: home, seed: 1 }\n'))).toContain(
      'split: { method: column, column: mlwright_split, group: home }',
    )
    expect(changed(text('    split: { method: column, column: part }\n'))).toContain(
      'split: { method: column, column: part }',
    )
  })

  test('is the same text the second time', () => {
    const once = changed(text('    split: { method: time, column: day }\n'))
    expect(changed(once)).toBe(once)
  })

  test('is refused in a sentence where another dataset has the name, or an anchor shares the values', () => {
    const taken = text('').replace('datasets:\n', 'datasets:\n  churn-training-data: { source: other.csv }\n')
    expect(() => changed(taken)).toThrow(
      'mlwright.yml: datasets.churn-training-data is the name that a retraining gives to its data; call the dataset otherwise.',
    )
    const shared = text('    split: &split { method: time, column: day }\n').concat(
      '  other: { dataset: customers, task: classification, target: x, split: *split, train: { algorithm: majority } }\n',
    )
    expect(() => changed(shared)).toThrow('cannot be changed by themselves; write them out without anchors')
  })
})
