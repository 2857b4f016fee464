import { z } from 'zod'
import { Monitor } from './monitor.ts'
import { Package } from './package.ts'
import { Retrain } from './retrain.ts'

export const Task = z.enum(['classification', 'regression'])
export type Task = z.infer<typeof Task>

const share = z.number().gt(0).lt(1)

/** Which rows test the model; `FORMATS` in the docs says how each method assigns them. */
export const Split = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('random'),
    test: share.default(0.2).describe('Share of rows that test the model.'),
    validation: share.optional().describe('Share of rows that the trainer may validate on.'),
    stratify: z
      .boolean()
      .optional()
      .describe('Keep class shares equal in every part (default: true for classification).'),
    seed: z.number().int().default(7),
  }),
  z.strictObject({
    method: z.literal('time'),
    column: z.string().describe('Rows are ordered by this column; the last ones test the model.'),
    test: share.default(0.2),
    validation: share.optional(),
  }),
  z.strictObject({
    method: z.literal('group'),
    column: z.string().describe('Rows with the same value stay together.'),
    test: share.default(0.2),
    validation: share.optional(),
    seed: z.number().int().default(7),
  }),
  z.strictObject({
    method: z.literal('column'),
    column: z.string().describe('A column that says `train`, `test` or `validation`.'),
    order: z.string().optional().describe('Intervals keep rows together that follow each other in this column.'),
    group: z.string().optional().describe('Intervals keep rows with the same value of this column together.'),
  }),
])
export type Split = z.infer<typeof Split>

const params = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])).default({})

export const algorithms = ['gradient-boosting', 'logistic-regression', 'linear-regression', 'majority'] as const

/** A built-in algorithm, or a command of the user's. */
export const Train = z.union([
  z.strictObject({
    algorithm: z.enum(algorithms).describe('A trainer that needs no Python.'),
    params,
    seed: z.number().int().default(7),
  }),
  z.strictObject({
    command: z.string().min(1).describe('A program that leaves model.onnx in $MLWRIGHT_OUTPUT.'),
    setup: z.string().optional().describe('Runs before the command, such as `pip install -r requirements.txt`.'),
    code: z.array(z.string()).optional().describe('Globs of the files that decide what the command does.'),
    params,
    seed: z.number().int().default(7),
    timeout_minutes: z.number().positive().default(60),
  }),
])
export type Train = z.infer<typeof Train>

export const metricNames = [
  'accuracy',
  'balanced_accuracy',
  'precision',
  'precision_macro',
  'precision_weighted',
  'precision_micro',
  'recall',
  'recall_macro',
  'recall_weighted',
  'recall_micro',
  'f1',
  'f1_macro',
  'f1_weighted',
  'f1_micro',
  'roc_auc',
  'roc_auc_ovr',
  'roc_auc_ovo',
  'pr_auc',
  'log_loss',
  'brier',
  'mcc',
  'kappa',
  'ece',
  'top_2_accuracy',
  'mae',
  'rmse',
  'r2',
  'mape',
  'median_ae',
] as const
export const MetricName = z.enum(metricNames)
export type MetricName = z.infer<typeof MetricName>

/** What a metric has to keep; at least one bound. */
export const Gate = z
  .strictObject({
    min: z.number().optional(),
    max: z.number().optional(),
    max_drop: z.number().min(0).optional().describe('Largest accepted worsening against the baseline.'),
  })
  .refine((gate) => Object.keys(gate).length > 0, 'needs `min`, `max` or `max_drop`')
export type Gate = z.infer<typeof Gate>

/** How a model is judged. */
export const Evaluate = z.strictObject({
  primary: MetricName.optional().describe('The metric that decides (default: roc_auc, roc_auc_ovr or rmse).'),
  metrics: z.array(MetricName).min(1).optional(),
  gates: z.partialRecord(MetricName, Gate).default({}),
  slices: z.array(z.string()).default([]).describe('Columns whose values are judged one by one.'),
  threshold: z.number().min(0).max(1).optional().describe('Binary decision threshold (default: 0.5).'),
})
export type Evaluate = z.infer<typeof Evaluate>

/** One model: from which data, how it is trained, split and judged. */
export const Model = z.strictObject({
  dataset: z.string().describe('A name under `datasets`.'),
  task: Task,
  target: z.string().describe('The column to predict.'),
  positive: z.string().optional().describe('The class that counts as positive (binary tasks).'),
  features: z
    .union([z.strictObject({ include: z.array(z.string()).min(1) }), z.strictObject({ exclude: z.array(z.string()) })])
    .default({ exclude: [] }),
  split: Split.default({ method: 'random', test: 0.2, seed: 7 }),
  train: Train,
  evaluate: Evaluate.default({ gates: {}, slices: [] }),
  monitor: Monitor.optional().describe('What production saw, for the action `monitor`.'),
  package: Package.optional().describe('Make every released version a container image: `true`, or how.'),
  retrain: Retrain.optional().describe('How the action `retrain` makes a candidate where the data has drifted.'),
})
export type Model = z.infer<typeof Model>
