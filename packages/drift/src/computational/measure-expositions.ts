import { counterIncrease } from './counter-increase.ts'
import { histogramQuantile } from './histogram-quantile.ts'
import { type LatencyFamily, latencyFamily, otherWork } from './latency-family.ts'
import type { Exposition, MetricSample } from './parse-exposition.ts'

/** How requests were answered; NaN where nothing says it. */
export interface Measures {
  readonly from: number | null
  readonly to: number | null
  readonly seconds: number
  readonly requests: number
  readonly metrics: ReadonlyMap<string, number>
}

/** A dump, and when it was made where its name says it. */
export interface Dump extends Exposition {
  readonly named: number | null
}

const quantiles = { latency_p50_ms: 0.5, latency_p95_ms: 0.95, latency_p99_ms: 0.99 } as const
const statusLabels = ['status', 'code', 'status_code', 'http_status', 'http_code', 'response_code']
const placeLabels = ['route', 'handler', 'path', 'endpoint', 'uri', 'url']
/** Addresses at which nobody asks the model. */
const probe =
  /^\/?(metrics|health\w*|ready\w*|live\w*|ping|docs|openapi(\.json)?|version|none|policy|feedback|v2\/health\/\w+)$/

const sumOf = (samples: readonly MetricSample[]) => samples.reduce((sum, { value }) => sum + value, 0)
const asked = ({ labels }: MetricSample) => !placeLabels.some((label) => probe.test(labels.get(label) ?? ''))
const statusOf = ({ labels }: MetricSample) =>
  statusLabels.map((label) => labels.get(label)).find((value) => value !== undefined)

/** All histograms added up; of summaries the slowest, since quantiles cannot be added up. */
function latencies(dumps: readonly Dump[], { name, type, scale }: LatencyFamily): [string, number][] {
  if (type === 'summary') {
    const samples = dumps.at(-1)!.samples.filter((sample) => sample.name === name && asked(sample))
    return Object.entries(quantiles).map(([metric, quantile]) => {
      const values = samples.filter(({ labels }) => Number(labels.get('quantile')) === quantile)
      const known = values.map(({ value }) => value).filter((value) => !Number.isNaN(value))
      return [metric, known.length > 0 ? Math.max(...known) * scale : Number.NaN]
    })
  }
  const cumulative = new Map<number, number>()
  for (const { labels, value } of counterIncrease(
    dumps,
    (sample) => sample.name === `${name}_bucket` && asked(sample),
  )) {
    const text = labels.get('le') ?? ''
    const bound = text === '+Inf' ? Infinity : Number(text)
    cumulative.set(bound, (cumulative.get(bound) ?? 0) + value)
  }
  return Object.entries(quantiles).map(([metric, quantile]) => [
    metric,
    histogramQuantile(cumulative, quantile) * scale,
  ])
}

/** Requests and those that failed: by their status, by two counters, or all of them without a word of failures. */
function requests(dumps: readonly Dump[], family: LatencyFamily | null): { all: number; failed: number } {
  const increase = (pattern: RegExp) =>
    counterIncrease(dumps, (sample) => pattern.test(sample.name) && !otherWork.test(sample.name) && asked(sample))
  const counters = increase(/requests?(_count)?(_total)?$/)
  const timed =
    family === null ? [] : counterIncrease(dumps, (sample) => sample.name === `${family.name}_count` && asked(sample))
  for (const samples of [counters, timed]) {
    const known = samples.filter((sample) => statusOf(sample) !== undefined)
    // Several counters may count the same requests.
    const mine = known.filter(({ name }) => name === known[0]!.name)
    if (mine.length > 0)
      return { all: sumOf(mine), failed: sumOf(mine.filter((sample) => /^5|error|fail/i.test(statusOf(sample)!))) }
  }
  const succeeded = increase(/request_success(_total)?$/)
  if (succeeded.length > 0) {
    const failed = sumOf(increase(/request_failures?(_total)?$/))
    return { all: sumOf(succeeded) + failed, failed }
  }
  const first = timed.length > 0 ? timed : counters.filter(({ name }) => name === counters[0]!.name)
  return { all: first.length > 0 ? sumOf(first) : Number.NaN, failed: Number.NaN }
}

/** The time from the first dump to the last; from the start of the server where there is one. */
function covered(dumps: readonly Dump[]): { from: number | null; to: number | null; seconds: number } {
  const [first, last] = [dumps[0]!, dumps.at(-1)!]
  const gauge = ({ samples }: Dump, name: string) => samples.find((sample) => sample.name === name)?.value ?? Number.NaN
  const at = (dump: Dump) => dump.time ?? dump.named
  const [start, to] = [at(first), at(last)]
  if (dumps.length > 1) {
    if (start !== null && to !== null && to > start) return { from: start, to, seconds: (to - start) / 1000 }
    const passed = gauge(last, 'process_uptime_seconds') - gauge(first, 'process_uptime_seconds')
    return { from: null, to, seconds: passed > 0 ? passed : Number.NaN }
  }
  const up = gauge(last, 'process_uptime_seconds')
  const began = gauge(last, 'process_start_time_seconds')
  const seconds = Number.isNaN(up) && to !== null ? to / 1000 - began : up
  return {
    from: to === null || Number.isNaN(seconds) ? null : to - seconds * 1000,
    to,
    seconds: seconds > 0 ? seconds : Number.NaN,
  }
}

/** Latency, throughput, errors and resources from one dump, or from what was counted between the first and the last. */
export function measureExpositions(dumps: readonly Dump[]): Measures {
  const last = dumps.at(-1)!
  const family = latencyFamily(last)
  const { from, to, seconds } = covered(dumps)
  const { all, failed } = requests(dumps, family)
  const cpu = counterIncrease(dumps, ({ name }) => name === 'process_cpu_seconds_total')
  const memory = last.samples.filter(({ name }) => name === 'process_resident_memory_bytes')
  const metrics = new Map<string, number>([
    ...(family === null ? [] : latencies(dumps, family)),
    ['throughput', all / seconds],
    ['error_rate', failed / all],
    ['cpu', cpu.length > 0 ? sumOf(cpu) / seconds : Number.NaN],
    ['memory_mb', memory.length > 0 ? sumOf(memory) / 2 ** 20 : Number.NaN],
  ])
  return { from, to, seconds, requests: all, metrics }
}
