import { spawnSync } from 'node:child_process'
import { type Dump, judgeComputational, measureExpositions, parseExposition } from '@mlwright/drift'
import { describe, expect, it } from 'vitest'
import { servingMetrics } from '../../packages/serving/src/metrics/serving-metrics.ts'

const python = process.env.MLWRIGHT_TEST_SERVING ?? 'python3'
const equipped = spawnSync(python, ['-c', 'import prometheus_client']).status === 0

/** Writes with the Python client and reads its own text again. */
const client = `
import json, sys
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary, generate_latest
from prometheus_client.parser import text_string_to_metric_families
r = CollectorRegistry()
c = Counter("http_requests", "Requests", ["method", "status", "path"], registry=r)
c.labels("POST", "200", '/a "quoted"\\\\ path\\nof two lines').inc(7)
c.labels("POST", "503", "/predict").inc(2.5)
h = Histogram("http_request_duration_seconds", "Time", ["path"], registry=r)
for i in range(40): h.labels("/predict").observe(i * i / 1000)
s = Summary("grpc_latency_seconds", "Time", registry=r)
s.observe(0.25)
Gauge("up", "Gauge", registry=r).set(float("-inf"))
Gauge("unknown", "Gauge", registry=r).set(float("nan"))
text = generate_latest(r).decode()
read = [[x.name, sorted(x.labels.items()), repr(float(x.value))] for f in text_string_to_metric_families(text) for x in f.samples]
print(json.dumps([text, read]))
`

const repr = (value: number) =>
  Number.isNaN(value) ? 'nan' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value

const dump = (text: string, named: number | null = null): Dump => ({ ...parseExposition(text, 'm.txt'), named })

describe('a dump of metrics', () => {
  it.skipIf(!equipped)(
    'is read as the Python client reads its own text (skipped where Python has no prometheus_client)',
    () => {
      const { stdout, stderr } = spawnSync(python, ['-c', client], { encoding: 'utf8' })
      expect(stderr).toBe('')
      const [text, expected] = JSON.parse(stdout) as [string, [string, [string, string][], string][]]
      const { samples, types } = parseExposition(text, 'm.txt')
      const found = samples.map(({ name, labels, value }) => [
        name,
        [...labels].sort(([a], [b]) => (a < b ? -1 : 1)),
        repr(value),
      ])
      const numbered = expected.map(([name, labels, value]) => [name, labels, /\d/.test(value) ? Number(value) : value])
      expect(found).toEqual(numbered)
      expect(types.get('http_request_duration_seconds')).toBe('histogram')
    },
  )

  it('may be OpenMetrics, with exemplars, times in seconds and quoted names', () => {
    const { samples, time } = parseExposition(
      '# TYPE a counter\na_total{x="1",} 17.0 1764045000.5 # {trace="b}"} 0.3\n{"my.name", "it.is"="so"} +Inf\r\n# EOF\n',
      'm.txt',
    )
    expect(samples).toEqual([
      { name: 'a_total', labels: new Map([['x', '1']]), value: 17 },
      { name: 'my.name', labels: new Map([['it.is', 'so']]), value: Infinity },
    ])
    expect(time).toBe(1764045000500)
  })

  it.each(['<html>', 'a{b="c} 1', 'a{b=c} 1', 'a 1 2 3', 'a one', 'a'])('is refused by its line for %j', (line) => {
    expect(() => parseExposition(`up 1\n${line}\n`, 'm.txt')).toThrow(
      "Line 2 of m.txt is no sample of Prometheus' text format",
    )
  })

  it('has quantiles, failures and resources of our own server', () => {
    const { metrics, requests, latency } = servingMetrics()
    for (let i = 0; i < 200; i++) latency.observe(['predict', 'v1'], i < 190 ? 0.004 : 0.2)
    requests.add(['predict', 'v1', '200'], 196)
    requests.add(['predict', 'v1', '503'], 4)
    requests.add(['health', '', '503'], 900)
    const found = measureExpositions([dump(metrics.render())])
    expect(found.requests).toBe(200)
    expect(found.metrics.get('error_rate')).toBe(0.02)
    // histogram_quantile: 190 in (2.5, 5] ms, 10 in (100, 250] ms; rank 100 -> 2.5 + 2.5 * 100/190, rank 198 -> 100 + 150 * 8/10
    expect(found.metrics.get('latency_p50_ms')).toBeCloseTo(3.815789473684211, 9)
    expect(found.metrics.get('latency_p99_ms')).toBeCloseTo(220, 9)
    expect(found.metrics.get('memory_mb')).toBeGreaterThan(10)
    expect(found.seconds).toBeGreaterThan(0)
  })

  it('has what happened between the first and the last, over a restart of the server', () => {
    const text = (count: number, failed: number, cpu: number) =>
      `# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.1"} ${count * 0.75}
http_request_duration_seconds_bucket{le="+Inf"} ${count}
http_request_duration_seconds_count ${count}
# TYPE http_requests_total counter
http_requests_total{code="200"} ${count - failed}
http_requests_total{code="500"} ${failed}
promhttp_metric_handler_requests_total{code="200"} 5000
process_cpu_seconds_total ${cpu}\n`
    const at = Date.UTC(2026, 10, 25)
    const dumps = [
      dump(text(1000, 100, 50), at),
      dump(text(1400, 101, 60), at + 100_000),
      dump(text(80, 1, 4), at + 200_000),
    ]
    const found = measureExpositions(dumps)
    expect(found).toMatchObject({ from: at, to: at + 200_000, seconds: 200, requests: 480 })
    expect(found.metrics.get('error_rate')).toBeCloseTo(2 / 480, 12)
    expect(found.metrics.get('throughput')).toBeCloseTo(2.4, 12)
    expect(found.metrics.get('cpu')).toBeCloseTo(0.07, 12)
    // What lies beyond the largest finite bound is that bound.
    expect(found.metrics.get('latency_p99_ms')).toBe(100)
  })

  it('may have summaries in other units, and success and failure apart', () => {
    const found = measureExpositions([
      dump(`# TYPE nv_inference_request_summary_us summary
nv_inference_request_summary_us{model="a",quantile="0.5"} 1200
nv_inference_request_summary_us{model="a",quantile="0.99"} 9000
nv_inference_request_summary_us{model="b",quantile="0.99"} NaN
nv_inference_request_success{model="a"} 97
nv_inference_request_failure{model="a"} 3
`),
    ])
    expect(found.metrics.get('latency_p50_ms')).toBeCloseTo(1.2, 12)
    expect(found.metrics.get('latency_p99_ms')).toBeCloseTo(9, 12)
    expect(found.metrics.get('latency_p95_ms')).toBeNaN()
    expect(found.metrics.get('error_rate')).toBe(0.03)
    expect(found.seconds).toBeNaN()
  })

  it('may say nothing of requests', () => {
    const found = measureExpositions([dump('# TYPE go_gc_duration_seconds summary\ngo_gc_duration_seconds_count 4\n')])
    expect([...found.metrics.values()].every(Number.isNaN)).toBe(true)
  })
})

describe('limits', () => {
  const measures = (metrics: Record<string, number>) => ({
    from: null,
    to: null,
    seconds: 10,
    requests: 50,
    metrics: new Map(Object.entries(metrics)),
  })

  it('take every latency from the log, and what a server counts from its dump', () => {
    const log = { ...measures({ latency_p99_ms: 40, throughput: 5, error_rate: Number.NaN }), chunks: [] }
    const found = judgeComputational(log, measures({ latency_p99_ms: 100, throughput: 8, error_rate: 0.2 }), {
      latency_p99_ms: 40,
      throughput_min: 8.5,
      error_rate: 0.1,
      cpu: 1,
    })
    expect(found!.metrics).toEqual({
      latency_p99_ms: { value: 40, from: 'log', limit: 40, bound: 'most', alert: false },
      throughput: { value: 8, from: 'prometheus', limit: 8.5, bound: 'least', alert: true },
      error_rate: { value: 0.2, from: 'prometheus', limit: 0.1, bound: 'most', alert: true },
      cpu: { value: null, from: 'log', limit: 1, bound: 'most', alert: false },
    })
  })

  it('need something that says how requests were answered', () => {
    expect(judgeComputational(null, null, { cpu: 1 })).toBeNull()
  })
})
