import type { Measured, MetricChange } from '@mlwright/domain'
import { judgeGates } from '@mlwright/scoring'
import { expect, it } from 'vitest'

const at = (value: number): Measured => ({ value, low: value - 0.1, high: value + 0.1 })
const change = (by: number, change: Partial<MetricChange> = {}): MetricChange => ({
  baseline: 0.8,
  candidate: 0.8 + by,
  change: by,
  low: by - 0.01,
  high: by + 0.01,
  noise: false,
  better: by > 0,
  ...change,
})

it('holds a metric against its minimum and its maximum, the bound included', () => {
  const metrics = { recall: at(0.7), log_loss: at(0.4) }
  const judged = judgeGates(
    [
      { metric: 'recall', rule: 'min', limit: 0.7, requirement: null },
      { metric: 'recall', rule: 'min', limit: 0.75, requirement: 'R1' },
      { metric: 'log_loss', rule: 'max', limit: 0.4, requirement: null },
      { metric: 'log_loss', rule: 'max', limit: 0.35, requirement: null },
    ],
    metrics,
    null,
  )
  expect(judged.map(({ verdict, message }) => `${verdict}: ${message}`)).toEqual([
    'pass: recall 0.7 keeps the minimum 0.7.',
    'fail: recall 0.7 is below the minimum 0.75 of requirement R1.',
    'pass: log_loss 0.4 keeps the maximum 0.4.',
    'fail: log_loss 0.4 is above the maximum 0.35.',
  ])
  expect(judged[1]).toMatchObject({ metric: 'recall', rule: 'min', limit: 0.75, value: 0.7, requirement: 'R1' })
})

it('fails where the metric is undefined', () => {
  const undefinedOne = { value: null, low: null, high: null, reason: 'every row is of the class no' }
  expect(
    judgeGates([{ metric: 'roc_auc', rule: 'min', limit: 0.8, requirement: null }], { roc_auc: undefinedOne }, null),
  ).toMatchObject([
    {
      verdict: 'fail',
      value: null,
      message: 'roc_auc is undefined (every row is of the class no), so the minimum 0.8 cannot be kept.',
    },
  ])
})

const drop = [{ metric: 'accuracy', rule: 'max_drop', limit: 0.02, requirement: null }] as const

it.each([
  ['pass', change(0.05)],
  ['pass', change(-0.01)],
  ['pass', change(0.78 - 0.8)],
  ['fail', change(-0.05)],
  ['warn', change(-0.05, { low: -0.11, high: 0.01, noise: true })],
  ['warn', change(-0.05, { low: null, high: null })],
] as const)('judges a drop with %s: %j', (verdict, accuracy) => {
  expect(judgeGates(drop, {}, { accuracy })).toMatchObject([{ verdict, rule: 'max_drop' }])
})

it('takes a rise of a loss as the drop', () => {
  const gates = [{ metric: 'log_loss', rule: 'max_drop', limit: 0.02, requirement: null }] as const
  expect(judgeGates(gates, {}, { log_loss: change(0.05) })).toMatchObject([{ verdict: 'fail', value: 0.05 }])
  expect(judgeGates(gates, {}, { log_loss: change(-0.05) })).toMatchObject([{ verdict: 'pass' }])
})

it('says nothing of a drop without a comparison', () => {
  expect(judgeGates(drop, {}, null)).toEqual([])
})

it('fails where the candidate lost the metric, and warns where the baseline has none', () => {
  const open = { change: null, low: null, high: null, better: null }
  expect(judgeGates(drop, {}, { accuracy: change(0, { ...open, candidate: null }) })).toMatchObject([
    { verdict: 'fail', value: null, message: 'accuracy is undefined for the candidate, so its drop is unknown.' },
  ])
  for (const changes of [{}, { accuracy: change(0, { ...open, baseline: null }) }])
    expect(judgeGates(drop, {}, changes)).toMatchObject([
      {
        verdict: 'warn',
        value: null,
        message: "accuracy cannot be compared with the baseline's, so its drop is unknown.",
      },
    ])
})
