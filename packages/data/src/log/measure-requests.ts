import type { Engine } from '@mlwright/domain'
import { shortRows } from '../sql/short-rows.ts'

/** Where requests stand, one a row: SQL of what is known of each. */
export interface RequestRows {
  /** After FROM, in the order in which they were written. */
  readonly from: string
  /** Milliseconds since 1970. */
  readonly time: string
  readonly latency: string | null
  /** True where the request failed. */
  readonly failed: string | null
  /** NULL where a row does not say whether it failed; where none does, nothing is known of failures. */
  readonly outcome: string
  /** What tells the files apart, whose clocks may differ. */
  readonly file: string | null
}

/** Requests in a stretch of the time; NaN where nothing says it. */
export interface RequestChunk {
  readonly from: number
  readonly to: number
  readonly requests: number
  readonly metrics: ReadonlyMap<string, number>
}

/** How requests were answered, as a log says. */
export interface RequestMeasures extends Omit<RequestChunk, 'from' | 'to'> {
  readonly from: number | null
  readonly to: number | null
  readonly seconds: number
  readonly chunks: readonly RequestChunk[]
  /** Requests without a time that can be read. */
  readonly timeless: number
  /** Places at which the clock of a file goes back by more than a minute, and the furthest that it does, in seconds. */
  readonly clockBack: { readonly count: number; readonly seconds: number }
  /** The longest time without a request, where it is too long for chance. */
  readonly gap: { readonly from: number; readonly to: number } | null
}

const metrics = ['latency_p50_ms', 'latency_p95_ms', 'latency_p99_ms', 'latency_max_ms', 'error_rate'] as const
const measured =
  'quantile_cont(l, 0.5) AS a, quantile_cont(l, 0.95) AS b, quantile_cont(l, 0.99) AS c, max(l) AS d, avg(f) AS e'

const number = (cell: unknown) => (typeof cell === 'number' ? cell : Number.NaN)
const named = (cells: readonly unknown[], requests: number, seconds: number): Map<string, number> =>
  new Map<string, number>([
    ...metrics.map((name, index) => [name, number(cells[index])] as [string, number]),
    ['throughput', seconds > 0 ? requests / seconds : Number.NaN],
  ])

/** A break of at least a day that nothing else comes near is no night and no weekend: five times as long as others, or a tenth of all the time. */
const longestNight = 86_400_000

/** Latency, throughput and errors of logged requests, over all their time and in equal stretches of it. */
export async function measureRequests(engine: Engine, rows: RequestRows, chunks = 10): Promise<RequestMeasures> {
  const { latency, failed, time, file } = rows
  const duration = `TRY_CAST(${latency ?? 'NULL'} AS DOUBLE)`
  const [[said]] = (await shortRows(
    engine,
    `SELECT CAST(count(${rows.outcome}) AS DOUBLE) AS k FROM ${rows.from}`,
  )) as [[number]]
  const each = `SELECT ${time} AS t, CASE WHEN ${duration} >= 0 AND isfinite(${duration}) THEN ${duration} END AS l, CAST(${said > 0 && failed !== null ? failed : 'NULL'} AS DOUBLE) AS f, ${file ?? "''"} AS n FROM ${rows.from}`
  const back = `WHERE before - t > 60000 AND same`
  const [[all, timeless, from, to, count, furthest, ...cells]] = (await shortRows(
    engine,
    `SELECT CAST(count(*) AS DOUBLE) AS k, CAST(count(*) FILTER (t IS NULL) AS DOUBLE) AS u, min(t) AS x, max(t) AS y, CAST(count(*) FILTER (${back}) AS DOUBLE) AS v, max(before - t) FILTER (${back}) AS w, ${measured} FROM (SELECT *, lag(t) OVER () AS before, lag(n) OVER () = n AS same FROM (${each}))`,
  )) as [(number | null)[]]
  const requests = number(all)
  const empty = { count: 0, seconds: 0 }
  const unplaced = { from: null, to: null, seconds: Number.NaN, chunks: [], clockBack: empty, gap: null } as const
  if (from == null || to == null)
    return { ...unplaced, requests, timeless: number(timeless), metrics: named(cells, requests, Number.NaN) }
  const width = (to - from) / chunks
  const place = `CAST(least(${chunks - 1}, floor((t - ${from}) / ${width})) AS DOUBLE)`
  const stretches = new Map(
    width === 0
      ? []
      : (
          await shortRows(
            engine,
            `SELECT ${place} AS p, CAST(count(*) AS DOUBLE) AS k, ${measured} FROM (${each}) WHERE t IS NOT NULL GROUP BY 1`,
          )
        ).map(([p, ...rest]) => [p as number, rest] as const),
  )
  const gaps = (await shortRows(
    engine,
    `SELECT t - before AS g, before AS s FROM (SELECT t, lag(t) OVER (ORDER BY t) AS before FROM (${each}) WHERE t IS NOT NULL) WHERE before IS NOT NULL ORDER BY g DESC, s LIMIT 3`,
  )) as [number, number][]
  const [longest, , third] = gaps
  const odd =
    longest && third && longest[0] >= longestNight && longest[0] > (longest[0] >= (to - from) / 10 ? 2 : 5) * third[0]
  return {
    from,
    to,
    seconds: (to - from) / 1000,
    requests,
    timeless: number(timeless),
    metrics: named(cells, requests, (to - from) / 1000),
    clockBack: { count: number(count), seconds: Math.round((furthest ?? 0) / 1000) },
    gap: odd ? { from: longest[1], to: longest[1] + longest[0] } : null,
    chunks: Array.from({ length: width === 0 ? 0 : chunks }, (_, index) => {
      const [k = 0, ...values] = stretches.get(index) ?? []
      const [start, end] = [from + index * width, from + (index + 1) * width]
      return { from: start, to: end, requests: number(k), metrics: named(values, number(k), width / 1000) }
    }),
  }
}
