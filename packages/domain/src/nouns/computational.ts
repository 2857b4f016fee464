import { z } from 'zod'

/** One number of how answers were computed, beside the limit that was declared for it. */
export const ComputationalMetric = z.object({
  /** Null where nothing says it. */
  value: z.number().nullable(),
  from: z.enum(['log', 'prometheus']),
  limit: z.number().nullable(),
  /** Whether the limit is the largest or the smallest value that is fine. */
  bound: z.enum(['most', 'least']),
  /** The value is beyond the limit. */
  alert: z.boolean(),
})
export type ComputationalMetric = z.infer<typeof ComputationalMetric>

/** How requests were answered, apart from what was answered. */
export const Computational = z.object({
  /** The time that is covered, ISO 8601 in UTC; null where nothing says when. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  seconds: z.number().nullable(),
  requests: z.number().nullable(),
  /** `latency_p50_ms`, `latency_p95_ms`, `latency_p99_ms`, `latency_max_ms`, `throughput` (requests a second), `error_rate`, `cpu` (cores), `memory_mb` (MiB). */
  metrics: z.record(z.string(), ComputationalMetric),
  /** Equal stretches of the time, where a log says when each request came. */
  chunks: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      requests: z.number().int(),
      metrics: z.record(z.string(), z.number().nullable()),
    }),
  ),
})
export type Computational = z.infer<typeof Computational>
