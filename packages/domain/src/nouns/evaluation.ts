import { z } from 'zod'
import { Task } from '../config/model.ts'
import { Verdict } from '../verdict.ts'
import { Finding } from './finding.ts'

/** A metric with its bootstrap interval; a value that is undefined is null and has a reason. */
export const Measured = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  reason: z.string().optional(),
})
export type Measured = z.infer<typeof Measured>

const Point = z.tuple([z.number(), z.number()])

/** One condition that a metric has to meet. */
export const GateResult = z.object({
  metric: z.string(),
  rule: z.enum(['min', 'max', 'max_drop']),
  limit: z.number(),
  value: z.number().nullable(),
  /** The requirement's id; null for a gate of the model. */
  requirement: z.string().nullable(),
  verdict: Verdict,
  message: z.string(),
})
export type GateResult = z.infer<typeof GateResult>

/** What a model is worth on the rows of its test split. */
export const Evaluation = z.object({
  kind: z.literal('Evaluation'),
  version: z.literal(1),
  model: z.string(),
  /** The run that was evaluated; null for predictions that another tool wrote. */
  run: z.string().nullable(),
  task: Task,
  primary: z.string(),
  /** Test rows, and how many there are of each class. */
  rows: z.number().int().nonnegative(),
  class_counts: z.record(z.string(), z.number()),
  classes: z.array(z.string()),
  /** Binary decision threshold on the positive class's score; null elsewhere. */
  threshold: z.number().nullable(),
  /** Level of every interval, and resamples that it took. */
  level: z.number(),
  resamples: z.number().int(),
  metrics: z.record(z.string(), Measured),
  /** The same metrics on the training rows, without intervals; empty where they are not at hand. */
  train_metrics: z.record(z.string(), z.number().nullable()),
  /** The same metrics for always answering the training rows' majority class (or mean). */
  majority_metrics: z.record(z.string(), z.number().nullable()),
  /** counts[actual][predicted] in the order of classes. */
  confusion: z.array(z.array(z.number())).nullable(),
  curves: z
    .object({
      /** [false positive rate, true positive rate] */
      roc: z.array(Point),
      /** [recall, precision] */
      precision_recall: z.array(Point),
      calibration: z.array(z.object({ score: z.number(), share: z.number(), rows: z.number() })),
    })
    .nullable(),
  best_thresholds: z
    .object({
      f1: z.object({ threshold: z.number(), value: z.number() }),
      value: z.object({ threshold: z.number(), value: z.number() }).nullable(),
    })
    .nullable(),
  /** Expected value at the threshold, in the unit that the project declares. */
  value: z.object({ per_row: Measured, total: z.number(), unit: z.string() }).nullable(),
  slices: z.array(
    z.object({
      column: z.string(),
      value: z.string().nullable(),
      rows: z.number(),
      metrics: z.record(z.string(), Measured),
    }),
  ),
  gates: z.array(GateResult),
  findings: z.array(Finding),
  verdict: Verdict,
})
export type Evaluation = z.infer<typeof Evaluation>
