import { z } from 'zod'

/** What production saw of a model, and how it is watched. */
export const Monitor = z.strictObject({
  current: z
    .string()
    .optional()
    .describe('Path or glob of what production saw, a name under `datasets`, or a prediction log.'),
  labels: z.string().optional().describe('Path or glob of labels that arrived later, one row per key.'),
  key: z.string().optional().describe('Column that the data and `labels` are joined on (default: request_id).'),
  label: z.string().optional().describe("Column with the true class (default: the model's target)."),
  prediction: z.string().optional().describe('Column with the predicted class (default: a score of at least 0.5).'),
  score: z
    .string()
    .optional()
    .describe('Column with the score of the positive class: follows the performance of a binary classifier.'),
  positive: z.string().optional().describe("The positive class (default: the model's)."),
  ignore: z.array(z.string()).optional().describe('Columns that are left out, such as ids that rise by themselves.'),
  budget: z
    .number()
    .min(0)
    .optional()
    .describe('False alarms a year that are acceptable, over all columns (default: 1).'),
  runs: z
    .number()
    .min(1)
    .optional()
    .describe('Scheduled runs a year that share the budget (default: 52, once a week).'),
  stage: z
    .string()
    .optional()
    .describe('Stage whose version has the reference profile (default: the first of `registry.stages`).'),
})
export type Monitor = z.infer<typeof Monitor>
