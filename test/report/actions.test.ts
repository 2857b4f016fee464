import { renderEvaluation, renderTraining, renderValidation } from '@mlwright/report'
import { expect, it } from 'vitest'
import { evaluation, finding, run, validation } from './fixtures.ts'

it('summarises a validation in one sentence, with every finding below', () => {
  expect(renderValidation(validation)).toContain(
    '✅ `customers` (7,043 rows and 20 columns), checked against `contracts/customers.odcs.yaml`: all 64 rules hold.',
  )
  const broken = {
    ...validation,
    verdict: 'fail' as const,
    failed: 2,
    findings: Array.from({ length: 7 }, () => finding),
  }
  const text = renderValidation(broken)
  expect(text).toContain('2 of 64 rules are broken.')
  expect(text).toContain(
    '11 rows (0.16%); for example rows 489, 754, 937, 1,083, 1,341. `contracts/customers.odcs.yaml:97`',
  )
  expect(text).toContain('<summary>2 more findings</summary>')
  expect(renderValidation({ ...validation, contract: null, checks: 0 })).toContain(
    'its file format, for it has no contract: nothing is wrong.',
  )
})

it('folds what the contract asks for and is not checked', () => {
  const notes = ['Relationships to other data are not checked.', 'A rule in words is left to people: Ask @acme.']
  const text = renderValidation({ ...validation, notes })
  expect(text).toContain('<summary>2 parts of the contract are not checked</summary>')
  expect(text).toContain('- `A rule in words is left to people: Ask @acme`')
})

it('summarises a training by what came out of it', () => {
  expect(renderTraining(run)).toContain(
    '✅ `churn` was trained in 0.61 s: `gradient-boosting` on 5,634 rows and 19 features, 61 kB of ONNX.',
  )
  expect(renderTraining({ ...run, cache_hit: true })).toContain(
    'was restored from the cache, for its inputs are unchanged',
  )
  expect(renderTraining({ ...run, model_file: null, failure: 'It ended with exit code 1.' })).toContain(
    '❌ Training `churn` left no model, because `It ended with exit code 1`.',
  )
})

it('summarises an evaluation with its gates, metrics and slices', () => {
  const text = renderEvaluation(evaluation)
  expect(text).toContain('✅ **`churn` passes**: `roc_auc` is 0.8431 on 1,409 test rows; 3 of 3 gates hold.')
  expect(text).toContain('| metric | this run | 95% interval | gate | train (gap) |')
  expect(text).toContain('| `contract` = `One year` | 291 | 0.7212 | 0.6240 to 0.8090 |')
})
