import { z } from 'zod'

/** Ways to make the data that a model is trained on again, in the order in which equal ones are preferred. */
export const retrainStrategies = ['combined', 'window', 'new-only'] as const
export const RetrainStrategy = z.enum(retrainStrategies)
export type RetrainStrategy = z.infer<typeof RetrainStrategy>

/** How a model is trained again where its data has drifted. */
export const Retrain = z.strictObject({
  strategy: z
    .enum(['all', ...retrainStrategies])
    .optional()
    .describe(
      'What is trained on: old and new rows (`combined`), the newest of both (`window`), new rows (`new-only`), or each of these, of which the rule picks one (`all`, the default).',
    ),
  window: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Rows that `window` trains on (default: as many as the model is trained on now).'),
  holdout: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('Share of the new rows, the newest, that test every candidate and train none (default: 0.3).'),
  rows: z.number().int().min(2).optional().describe('New rows with a label that have to be there (default: 200).'),
  max_drop: z
    .number()
    .min(0)
    .optional()
    .describe(
      'Largest worsening of the primary metric on the old holdout that a candidate may have, beyond chance (default: any).',
    ),
  cooldown_days: z
    .number()
    .min(0)
    .optional()
    .describe('Days without a new pull request after one was closed or merged (default: 14).'),
})
export type Retrain = z.infer<typeof Retrain>
