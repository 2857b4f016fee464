import { z } from 'zod'
import { MetricName, Model } from './model.ts'
import { Registry } from './registry.ts'

const name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'use lower-case letters, digits and hyphens, such as `churn`')

/** A business requirement; one that names a metric is a gate. */
export const Requirement = z
  .strictObject({
    id: z.string(),
    text: z.string(),
    metric: MetricName.optional(),
    model: z.string().optional().describe('The model it is about (default: every model that has the metric).'),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .refine(
    (r) => r.metric === undefined || r.min !== undefined || r.max !== undefined,
    'names a metric, so it needs `min` or `max`',
  )
  .refine(
    (r) => r.metric !== undefined || (r.min === undefined && r.max === undefined),
    'has a bound, so it needs `metric`',
  )
export type Requirement = z.infer<typeof Requirement>

/** What each outcome of a binary decision is worth. */
export const Value = z.strictObject({
  true_positive: z.number(),
  false_positive: z.number(),
  false_negative: z.number(),
  true_negative: z.number(),
  unit: z.string().default('USD'),
})
export type Value = z.infer<typeof Value>

export const Project = z.strictObject({
  name,
  objective: z.string().optional(),
  owners: z
    .strictObject({ data_engineer: z.string(), data_scientist: z.string(), ml_engineer: z.string() })
    .partial()
    .optional(),
  value: Value.optional().describe('What each outcome of a binary decision is worth.'),
  requirements: z.array(Requirement).default([]),
})
export type Project = z.infer<typeof Project>

export const DatasetConfig = z.strictObject({
  source: z.string().describe('Path or glob: CSV, TSV, Parquet or JSON Lines, optionally .gz.'),
  contract: z.string().optional().describe('Path of an ODCS v3.1 contract.'),
})
export type DatasetConfig = z.infer<typeof DatasetConfig>

/** `mlwright.yml`, version 1. */
export const Config = z.strictObject({
  version: z.literal(1),
  project: Project,
  datasets: z.record(name, DatasetConfig),
  models: z.record(name, Model),
  records: z
    .strictObject({ predictions: z.boolean().default(true).describe('Store predictions on the records branch.') })
    .default({ predictions: true }),
  registry: Registry.default({ stages: { production: {} }, latest: false, attest: false }),
})
export type Config = z.infer<typeof Config>
