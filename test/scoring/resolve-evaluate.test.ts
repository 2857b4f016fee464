import { resolveEvaluate } from '@mlwright/scoring'
import { expect, it } from 'vitest'
import { model, project } from './fixture.ts'

const withCode = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })

it('judges two classes, several, and numbers by their own metrics where nothing is said', () => {
  expect(resolveEvaluate('m', model(), project())).toEqual({
    primary: 'roc_auc',
    metrics: ['roc_auc', 'pr_auc', 'log_loss', 'accuracy', 'f1'],
    gates: [],
    slices: [],
    threshold: 0.5,
  })
  expect(resolveEvaluate('m', model(), project(), 4)).toMatchObject({
    primary: 'roc_auc_ovr',
    metrics: ['roc_auc_ovr', 'log_loss', 'accuracy', 'f1_macro'],
    threshold: null,
  })
  expect(resolveEvaluate('m', model({ task: 'regression' }), project(), 0)).toMatchObject({
    primary: 'rmse',
    metrics: ['rmse', 'mae', 'r2'],
    threshold: null,
  })
})

it('takes the first metric as the primary one, and measures every metric that is gated', () => {
  const evaluate = {
    metrics: ['log_loss', 'f1'],
    gates: { recall: { min: 0.6, max_drop: 0.02 } },
    threshold: 0.3,
    slices: ['plan'],
  }
  expect(resolveEvaluate('m', model({ evaluate }), project())).toEqual({
    primary: 'log_loss',
    metrics: ['log_loss', 'f1', 'recall'],
    gates: [
      { metric: 'recall', rule: 'min', limit: 0.6, requirement: null },
      { metric: 'recall', rule: 'max_drop', limit: 0.02, requirement: null },
    ],
    slices: ['plan'],
    threshold: 0.3,
  })
})

it('makes a gate of each requirement that names a metric of the model', () => {
  const requirements = [
    { id: 'R1', text: 'Good.', metric: 'roc_auc', min: 0.8 },
    { id: 'R2', text: 'Said only.' },
    { id: 'R3', text: 'Of another model.', metric: 'accuracy', model: 'other', min: 0.9 },
    { id: 'R4', text: 'Calibrated.', metric: 'ece', model: 'm', max: 0.05 },
    { id: 'R5', text: 'Near.', metric: 'rmse', max: 3 },
  ]
  expect(resolveEvaluate('m', model(), project(requirements)).gates).toEqual([
    { metric: 'roc_auc', rule: 'min', limit: 0.8, requirement: 'R1' },
    { metric: 'ece', rule: 'max', limit: 0.05, requirement: 'R4' },
  ])
  expect(resolveEvaluate('price', model({ task: 'regression' }), project(requirements)).gates).toEqual([
    { metric: 'rmse', rule: 'max', limit: 3, requirement: 'R5' },
  ])
})

it('leaves a requirement of two classes out of a model of several', () => {
  const requirements = [{ id: 'R1', text: 'Good.', metric: 'roc_auc', min: 0.8 }]
  expect(resolveEvaluate('m', model(), project(requirements), 3).gates).toEqual([])
})

it.each([
  [{ evaluate: { primary: 'rmse' } }, 2, /models\.m\.evaluate: rmse does not measure classification; choose /],
  [
    { task: 'regression', evaluate: { metrics: ['r2', 'accuracy'] } },
    0,
    /accuracy does not measure regression; choose /,
  ],
  [{ evaluate: { metrics: ['roc_auc'] } }, 3, /roc_auc is for two classes, and the target has 3; use roc_auc_ovr\./],
  [{ evaluate: { gates: { f1: { min: 0.5 } } } }, 5, /f1 is for two classes, and the target has 5; use f1_macro\./],
] as const)('refuses a metric that does not fit: %j', (change, classes, message) => {
  expect(() => resolveEvaluate('m', model(change), project(), classes)).toThrowError(
    withCode('CONFIG_INVALID', message),
  )
})

it('names the requirement whose metric does not fit its model', () => {
  const requirements = [{ id: 'R1', text: 'Near.', metric: 'rmse', model: 'm', max: 3 }]
  expect(() => resolveEvaluate('m', model(), project(requirements))).toThrowError(
    withCode('CONFIG_INVALID', /^project\.requirements R1: rmse does not measure classification/),
  )
})
