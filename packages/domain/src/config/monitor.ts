import { z } from 'zod'

const limit = z.number().min(0).optional()

/** What answering may cost: the largest value that is fine, but for `throughput_min`, the smallest. */
export const Limits = z.strictObject({
  latency_p50_ms: limit.describe('Milliseconds within which half of the requests are answered.'),
  latency_p95_ms: limit,
  latency_p99_ms: limit.describe('Milliseconds within which 99 % of the requests are answered.'),
  latency_max_ms: limit,
  throughput_min: limit.describe('Requests a second that have to come.'),
  error_rate: limit.describe('Share of requests that fail, from 0 to 1.'),
  cpu: limit.describe('Cores that the server uses.'),
  memory_mb: limit.describe('Resident memory of the server in MiB.'),
})
export type Limits = z.infer<typeof Limits>

/** What production saw of a model, and how it is watched. */
export const Monitor = z.strictObject({
  current: z
    .string()
    .optional()
    .describe('Path or glob of what production saw, a name under `datasets`, or a prediction log.'),
  labels: z.string().optional().describe('Path or glob of labels that arrived later, one row per key.'),
  key: z.string().optional().describe('Column that the data and `labels` are joined on (default: request_id).'),
  label: z.string().optional().describe("Column with the true class or number (default: the model's target)."),
  prediction: z
    .string()
    .optional()
    .describe('Column with the predicted class (default: by the scores), or the predicted number.'),
  score: z
    .string()
    .optional()
    .describe(
      'Column with the score of the positive class, or a pattern such as `p_*` where `*` is the class: follows the performance of a classifier.',
    ),
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
  timestamp: z
    .string()
    .optional()
    .describe('Column with the time of each row (default: `timestamp` in a prediction log).'),
  limits: Limits.optional().describe('Limits of latency, throughput, errors and resources.'),
  metrics: z
    .string()
    .optional()
    .describe("Path or glob of dumps of the server's metrics in Prometheus' text format, oldest first by name."),
  stage: z
    .string()
    .optional()
    .describe('Stage whose version has the reference profile (default: the first of `registry.stages`).'),
})
export type Monitor = z.infer<typeof Monitor>
