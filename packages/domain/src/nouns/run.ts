import { z } from 'zod'
import { Split, Task, Train } from '../config/model.ts'
import { ColumnType, Dataset } from './dataset.ts'

/** Who and what started the workflow run; stamped from the event by the publishing job, never taken from a record. */
export const Stamp = z.object({
  workflow_run: z.number().nullable(),
  attempt: z.number().nullable(),
  pull_request: z.number().nullable(),
  fork: z.boolean(),
  actor: z.string().nullable(),
})
export type Stamp = z.infer<typeof Stamp>

/** What was trained, from which data, with which params, by whom and where. */
export const Run = z.object({
  kind: z.literal('Run'),
  version: z.literal(1),
  /** UTC time, `-`, first 8 hex digits of the input digest: `20260511T093000Z-1a2b3c4d`. */
  id: z.string(),
  model: z.string(),
  input_digest: z.string(),
  dataset: Dataset,
  task: Task,
  target: z.string(),
  /** Classes in the order of the model's probabilities; for two, the positive one is last. Empty for regression. */
  classes: z.array(z.string()),
  features: z.array(z.object({ name: z.string(), type: ColumnType })),
  split: Split,
  /** Columns whose values identify a row; empty where the row's content does. */
  key: z.array(z.string()),
  rows: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  train: Train,
  /** Null where training did not leave a model. */
  model_file: z.object({ digest: z.string(), bytes: z.number() }).nullable(),
  /** Share of the gain (trees) or of the standardised coefficients (linear) per feature, largest first. */
  importance: z.array(z.object({ feature: z.string(), share: z.number() })),
  /** Metrics that a command reported about itself; shown, never judged. */
  reported_metrics: z.record(z.string(), z.number()),
  /** Why there is no model; null when training succeeded. */
  failure: z.string().nullable(),
  code: z.object({
    commit: z.string().nullable(),
    /** True when the working tree differs from the commit. */
    dirty: z.boolean(),
    author: z.string().nullable(),
    script: z.string(),
  }),
  environment: z.object({ mlwright: z.string(), node: z.string(), platform: z.string(), cpus: z.number() }),
  started: z.string(),
  seconds: z.object({ total: z.number(), fit: z.number() }),
  cache_hit: z.boolean(),
  stamp: Stamp.nullable(),
})
export type Run = z.infer<typeof Run>
