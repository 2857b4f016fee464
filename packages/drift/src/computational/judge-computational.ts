import type { Computational, ComputationalMetric, Limits } from '@mlwright/domain'
import { finite } from '../judged-test.ts'
import type { Measures } from './measure-expositions.ts'

/** In the order in which they are shown. */
const names = [
  'latency_p50_ms',
  'latency_p95_ms',
  'latency_p99_ms',
  'latency_max_ms',
  'throughput',
  'error_rate',
  'cpu',
  'memory_mb',
] as const

/** How requests were answered in one stretch of the time; NaN where nothing says it. */
export interface RequestChunk {
  readonly from: number
  readonly to: number
  readonly requests: number
  readonly metrics: ReadonlyMap<string, number>
}

/** What a prediction log says, and its equal stretches of time. */
export interface LogMeasures extends Measures {
  readonly chunks: readonly RequestChunk[]
}

/** A log has every latency, but perhaps a sample of the requests; a dump has counted them all. */
const dumpFirst = new Set(['throughput', 'error_rate', 'cpu', 'memory_mb'])

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())
const known = (value: number | undefined) => value !== undefined && !Number.isNaN(value)

/** Puts what a log and a server's dumps say together and judges it by the declared limits; null where there is neither. */
export function judgeComputational(
  log: LogMeasures | null,
  dump: Measures | null,
  limits: Limits = {},
): Computational | null {
  const first = log ?? dump
  if (first === null) return null
  const metricOf = (name: (typeof names)[number]): ComputationalMetric => {
    const [ofLog, ofDump] = [log?.metrics.get(name), dump?.metrics.get(name)]
    const dumped = known(ofDump) && (dumpFirst.has(name) || !known(ofLog))
    const value = finite((dumped ? ofDump : ofLog) ?? Number.NaN)
    const bound = name === 'throughput' ? 'least' : 'most'
    const limit = (name === 'throughput' ? limits.throughput_min : limits[name]) ?? null
    const beyond = value !== null && limit !== null && (bound === 'least' ? value < limit : value > limit)
    return { value, from: dumped || log === null ? 'prometheus' : 'log', limit, bound, alert: beyond }
  }
  return {
    from: iso(first.from),
    to: iso(first.to),
    seconds: finite(first.seconds),
    requests: finite(first.requests),
    metrics: Object.fromEntries(
      names
        .map((name) => [name, metricOf(name)] as const)
        .filter(([, { value, limit }]) => value !== null || limit !== null),
    ),
    chunks: (log?.chunks ?? []).map(({ from, to, requests, metrics }) => ({
      from: iso(from)!,
      to: iso(to)!,
      requests,
      metrics: Object.fromEntries([...metrics].map(([name, value]) => [name, finite(value)])),
    })),
  }
}
