import { Metrics } from './metrics.ts'

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024]

/** What the server counts. */
export function servingMetrics() {
  const metrics = new Metrics()
  metrics.gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', () => process.memoryUsage.rss())
  metrics.gauge('process_uptime_seconds', 'Seconds since the process started.', () => process.uptime())
  return {
    metrics,
    requests: metrics.counter('mlwright_requests_total', 'Requests answered.', ['route', 'version', 'status']),
    latency: metrics.histogram(
      'mlwright_request_seconds',
      'Seconds from the last byte of a request to its answer.',
      ['route', 'version'],
      seconds,
    ),
    rows: metrics.counter('mlwright_rows_total', 'Rows predicted.', ['version', 'role']),
    batchRows: metrics.histogram('mlwright_batch_rows', 'Rows that one run of the model answered.', ['version'], sizes),
    inference: metrics.histogram(
      'mlwright_inference_seconds',
      'Seconds of one run of the model.',
      ['version'],
      seconds,
    ),
    shadow: metrics.counter('mlwright_shadow_total', 'Requests of shadows by outcome.', ['version', 'outcome']),
    dropped: metrics.counter('mlwright_log_dropped_total', 'Lines of the prediction log that were dropped.'),
    feedback: metrics.counter('mlwright_feedback_total', 'Labels received by /feedback.'),
    restarts: metrics.counter('mlwright_worker_restarts_total', 'Inference threads started again.', ['version']),
    policies: metrics.counter('mlwright_policy_changes_total', 'Changes of the traffic policy.'),
  }
}
export type ServingMetrics = ReturnType<typeof servingMetrics>
