import { z } from 'zod'
import { GateResult } from './evaluation.ts'

/** One metric of two models on the same rows; `change` is candidate minus baseline. */
export const MetricChange = z.object({
  baseline: z.number().nullable(),
  candidate: z.number().nullable(),
  change: z.number().nullable(),
  /** Interval of the change. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The interval of the change includes 0. */
  noise: z.boolean(),
  /** Direction-aware: true when the candidate is better, null when equal or undefined. */
  better: z.boolean().nullable(),
})
export type MetricChange = z.infer<typeof MetricChange>

/** The baseline against the candidate. */
export const Comparison = z.object({
  kind: z.literal('Comparison'),
  version: z.literal(1),
  model: z.string(),
  baseline: z.object({
    run: z.string(),
    commit: z.string().nullable(),
    input_digest: z.string(),
    retrained: z.boolean(),
  }),
  candidate: z.object({ run: z.string().nullable(), input_digest: z.string().nullable() }),
  /** Rows in both test splits, and in each. */
  rows: z.object({ both: z.number(), baseline: z.number(), candidate: z.number() }),
  paired: z.boolean(),
  resampling: z.enum(['row', 'group', 'block']),
  level: z.number(),
  metrics: z.record(z.string(), MetricChange),
  /** Predictions that differ between the two; null for regression. `right` and `wrong`: what they are now. */
  flips: z
    .object({
      changed: z.number(),
      right: z.number(),
      wrong: z.number(),
      /** The ten largest changes of score. */
      largest: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          baseline: z.string(),
          candidate: z.string(),
          baseline_score: z.number(),
          candidate_score: z.number(),
        }),
      ),
    })
    .nullable(),
  /** Slices in which the primary metric changed; worst first. */
  slices: z.array(
    z.object({
      column: z.string(),
      value: z.string().nullable(),
      rows: z.number(),
      primary: MetricChange,
    }),
  ),
  /** Features by name; a share is null where the model has no such feature. */
  features: z.array(z.object({ name: z.string(), baseline: z.number().nullable(), candidate: z.number().nullable() })),
  /** Changed params by path (`params.leaves`), as JSON text. */
  params: z.array(z.object({ path: z.string(), baseline: z.string().nullable(), candidate: z.string().nullable() })),
  data: z.object({
    baseline: z.object({ digest: z.string(), rows: z.number() }),
    candidate: z.object({ digest: z.string(), rows: z.number() }),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    retyped: z.array(z.object({ name: z.string(), baseline: z.string(), candidate: z.string() })),
  }),
  /** Results of the `max_drop` gates. */
  gates: z.array(GateResult),
})
export type Comparison = z.infer<typeof Comparison>
