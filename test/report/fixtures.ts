import type { Finding, ValidationReport } from '@mlwright/domain'
import type { ModelReport, ReportInput } from '@mlwright/report'
import { comparison } from './fixtures/comparison.ts'
import { baselineEvaluation, evaluation } from './fixtures/evaluation.ts'
import { run, sha } from './fixtures/run.ts'

export { change, comparison } from './fixtures/comparison.ts'
export { baselineEvaluation, evaluation } from './fixtures/evaluation.ts'
export { run, sha } from './fixtures/run.ts'

export const finding: Finding = {
  rule: 'range',
  level: 'warn',
  column: 'total_charges',
  message: 'total_charges has to be at least 18.8, but 11 rows are missing.',
  location: { file: 'contracts/customers.odcs.yaml', line: 97, column: 11 },
  count: 11,
  share: 11 / 7043,
  examples: [489, 754, 937, 1083, 1341].map((row) => ({ row, value: null })),
}

export const validation: ValidationReport = {
  kind: 'ValidationReport',
  version: 1,
  dataset: 'customers',
  contract: 'contracts/customers.odcs.yaml',
  rows: 7043,
  columns: run.dataset.columns,
  checks: 64,
  failed: 0,
  verdict: 'pass',
  findings: [],
  notes: [],
}

export const model: ModelReport = {
  name: 'churn',
  run,
  evaluation,
  comparison,
  baseline: {
    run: { ...run, id: comparison.baseline.run },
    evaluation: baselineEvaluation,
    retrained: false,
    reason: null,
  },
  history: [0.8291, 0.8307, 0.8302, 0.8335, null, 0.8341, 0.8338, 0.8366, 0.8371, 0.8372],
  unchanged: false,
  rules_changed: [],
  verdict: 'pass',
  model_url: 'https://github.com/acme/telco/actions/runs/4711/artifacts/88',
}

export const input: ReportInput = {
  project: 'telco-churn',
  repository: { owner: 'acme', name: 'telco', url: 'https://github.com/acme/telco' },
  pullRequest: 12,
  base: 'main',
  commit: sha('d', 40),
  headCommit: sha('1', 40),
  fork: false,
  runUrl: 'https://github.com/acme/telco/actions/runs/4711',
  problems: [],
  validations: [{ ...validation, verdict: 'warn', failed: 1, findings: [finding] }],
  models: [model],
  verdict: 'warn',
  differing: [],
  prefix: '',
}

/** The report with one model changed. */
export const withModel = (changes: Partial<ModelReport>, others: Partial<ReportInput> = {}): ReportInput => ({
  ...input,
  validations: [validation],
  verdict: changes.verdict ?? 'pass',
  models: [{ ...model, ...changes }],
  ...others,
})

/** What opens a rendered comment, without its marker. */
export const firstLine = (comment: string): string => comment.split('\n')[1]!
