import { z } from 'zod'
import { RetrainStrategy } from '../config/retrain.ts'
import { MetricChange } from './comparison.ts'
import { DriftReport } from './drift-report.ts'

/** A candidate (`candidate`) and the champion (`baseline`) on the rows of one holdout. */
export const HoldoutResult = z.object({
  rows: z.number().int().nonnegative(),
  metrics: z.record(z.string(), MetricChange),
})
export type HoldoutResult = z.infer<typeof HoldoutResult>

/** One strategy's candidate; the holdouts are null where it could not be trained. */
export const StrategyResult = z.object({
  strategy: RetrainStrategy,
  run: z.string(),
  input_digest: z.string(),
  failure: z.string().nullable(),
  /** Rows that it was trained on. */
  rows: z.number().int().nonnegative(),
  old: HoldoutResult.nullable(),
  new: HoldoutResult.nullable(),
})
export type StrategyResult = z.infer<typeof StrategyResult>

/** What a drift led to: candidates that were trained on newer data, beside the champion, or why there are none. */
export const Retraining = z.object({
  kind: z.literal('Retraining'),
  version: z.literal(1),
  model: z.string(),
  /** The monitoring point that it follows from; null where a report was given. */
  point: z.string().nullable(),
  report: DriftReport,
  /** `clear`: nothing drifts; `none`: it drifts, and `reason` says why there is no candidate. */
  outcome: z.enum(['candidate', 'clear', 'none']),
  reason: z.string(),
  /** What the candidates are compared with: a version, or the model that is configured now. `same_inputs`: it was trained from what the repository has now. */
  champion: z.object({ name: z.string(), version: z.boolean(), same_inputs: z.boolean() }).nullable(),
  data: z
    .object({
      name: z.string(),
      digest: z.string(),
      /** Rows that production saw; of those with a label, and those that the model's data has already. */
      rows: z.number().int(),
      labelled: z.number().int(),
      known: z.number().int(),
    })
    .nullable(),
  primary: z.string().nullable(),
  max_drop: z.number().nullable(),
  strategies: z.array(StrategyResult),
  picked: RetrainStrategy.nullable(),
})
export type Retraining = z.infer<typeof Retraining>

const decisions = ['open', 'closed', 'merged', 'cleared'] as const

/** What was decided about a retraining that was proposed. */
export const RetrainingDecision = z.object({
  /** Null where the branch was left for opening by hand. */
  pull: z.number().int().nullable(),
  strategy: RetrainStrategy,
  run: z.string(),
  input_digest: z.string(),
  point: z.string().nullable(),
  /** The commit that was last written to the branch. */
  head: z.string(),
  proposed: z.string(),
  decision: z.enum(decisions),
  decided: z.string().nullable(),
})
export type RetrainingDecision = z.infer<typeof RetrainingDecision>

/** Every proposal of a model's retraining, the newest last, and what became of it. */
export const RetrainingHistory = z.object({
  kind: z.literal('RetrainingHistory'),
  version: z.literal(1),
  model: z.string(),
  proposals: z.array(RetrainingDecision),
})
export type RetrainingHistory = z.infer<typeof RetrainingHistory>
