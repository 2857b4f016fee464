import { DriftReport } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { project, type } from './project.ts'

const start = Date.UTC(2026, 9, 26)
const hour = 3_600_000
const day = 24 * hour

interface Request {
  readonly at: number
  readonly latency?: number | string
  readonly status?: number
  readonly time?: string
}

/** A log as anybody may write it: a line for each request. */
function log(requests: readonly Request[]): string {
  const lines = requests.map(({ at, latency = 4, status = 200, time }, i) =>
    [`q${i}`, time ?? new Date(at).toISOString(), ((i * 37) % 101) / 10, latency, status].join(','),
  )
  return `request_id,timestamp,amount,latency_ms,status\n${lines.join('\n')}\n`
}

const every = (milliseconds: number, count: number, from = start): Request[] =>
  Array.from({ length: count }, (_, i) => ({ at: from + i * milliseconds }))
const reference = `amount\n${Array.from({ length: 600 }, (_, i) => ((i * 37) % 101) / 10).join('\n')}\n`

async function look(requests: readonly Request[], files: Record<string, string> = {}, ...argv: string[]) {
  const folder = project({ 'a.csv': reference, 'b.csv': log(requests), ...files })
  const given = ['--reference', 'a.csv', '--current', 'b.csv', ...argv]
  const { code, stdout, said } = await type(folder, 'monitor', ...given, '--json')
  return { code, said, report: stdout === '' ? null : DriftReport.parse(JSON.parse(stdout)) }
}

describe('how requests were answered', () => {
  it('stands in the report, without drift of its own columns and without an alarm', async () => {
    const { report } = await look(every(hour / 10, 500).map((each, i) => ({ ...each, latency: i % 100 })))
    expect(report!.verdict).toBe('pass')
    expect(Object.keys(report!.columns)).toEqual(['amount'])
    // numpy 2: np.percentile(np.tile(np.arange(100), 5), [50, 95, 99]) -> 49.5, 94.05, 98.01
    const value = (name: string) => report!.computational!.metrics[name]!.value
    expect(value('latency_p50_ms')).toBeCloseTo(49.5, 9)
    expect(value('latency_p95_ms')).toBeCloseTo(94.05, 9)
    expect(value('latency_p99_ms')).toBeCloseTo(98.01, 9)
    expect(value('latency_max_ms')).toBe(99)
    expect(value('throughput')).toBeCloseTo(500 / (499 * 360), 12)
    expect(report!.computational!.chunks.map(({ requests }) => requests)).toEqual(new Array(10).fill(50))
  })

  it('fails beyond a declared limit, and says which', async () => {
    const requests = every(hour / 10, 400).map((each, i) => ({
      ...each,
      latency: i > 380 ? 90 : 4,
      status: i % 40 === 0 ? 503 : 200,
    }))
    const limits = ['--limits', 'latency-p95-ms: 100, latency-p99-ms: 50, error-rate: 0.01, throughput-min: 1']
    const { code, report, said } = await look(requests, {}, ...limits)
    expect(code).toBe(1)
    expect(report!.verdict).toBe('fail')
    const broken = Object.entries(report!.computational!.metrics).filter(([, { alert }]) => alert)
    expect(broken.map(([name]) => name)).toEqual(['latency_p99_ms', 'throughput', 'error_rate'])
    expect(said).toContain('latency, 99th percentile 90.00 ms (limit 50)')
    expect(said).toContain('requests that failed 2.5% (limit 1.0%)')
  })

  it('comes from dumps of the server too, between whose names the time passes', async () => {
    const counters = (count: number) => `http_requests_total{code="200"} ${count}\nprocess_resident_memory_bytes 3e8\n`
    const files = {
      'metrics-20261126T000000Z.txt': counters(100),
      'metrics-20261126T001000Z.txt': counters(1300),
    }
    const argv = ['--metrics', 'metrics-*.txt', '--limits', 'memory-mb: 256, throughput-min: 1']
    const { report } = await look(every(hour, 300), files, ...argv)
    const { throughput, memory_mb: memory } = report!.computational!.metrics
    expect(throughput).toMatchObject({ value: 2, from: 'prometheus', alert: false })
    expect(memory).toMatchObject({ alert: true })
    expect(memory!.value).toBeCloseTo(3e8 / 2 ** 20, 9)
  })

  it.each([
    ['latency-p9-ms: 5', 'The input `limits` has no limit latency-p9-ms; did you mean latency_p95_ms?'],
    ['error-rate', 'The limit error-rate is empty; give a number from 0 on'],
    ['error-rate: -1', 'The limit error-rate is -1; give a number from 0 on'],
  ])('says what is wrong with the limit %j', async (limits, sentence) => {
    const { code, said } = await look(every(hour, 30), {}, '--limits', limits)
    expect(code).toBeGreaterThan(0)
    expect(said).toContain(sentence)
  })
})

describe('a log that is not as it should be', () => {
  const rules = (report: DriftReport | null) => report!.findings.map(({ rule, level }) => `${rule} ${level}`)

  it('has rows in the order of their times where the clock goes back', async () => {
    const requests = [...every(hour, 200), ...every(hour, 100, start + 150 * hour + 1)]
    const { report, said } = await look(requests)
    expect(rules(report)).toEqual(['clock-back warn'])
    expect(said).toContain('The clock goes back at one place of the log, by up to 176,400 s')
    expect(report!.computational!.seconds).toBeCloseTo((249 * hour + 1) / 1000, 6)
  })

  it('may have times in several zones, or as numbers: one moment is one moment', async () => {
    const at = (i: number) => start + i * hour
    const zones = (i: number) =>
      [
        new Date(at(i)).toISOString(),
        `${new Date(at(i) + 2 * hour).toISOString().slice(0, 19)}+02:00`,
        String(at(i)),
        String(at(i) / 1000),
        new Date(at(i)).toISOString().slice(0, 19).replace('T', ' '),
      ][i % 5]!
    const { report } = await look(Array.from({ length: 250 }, (_, i) => ({ at: at(i), time: zones(i) })))
    expect(rules(report)).toEqual([])
    expect(report!.computational!.seconds).toBe(249 * 3600)
    expect(report!.computational!.from).toBe('2026-10-26T00:00:00.000Z')
  })

  it('says that a month is missing, but not that nights and weekends are', async () => {
    const working = (days: number, from = 0) =>
      Array.from({ length: days }, (_, i) => from + i)
        .filter((date) => date % 7 < 5)
        .flatMap((date) => every(hour / 2, 20, start + date * day + 8 * hour))
    expect(rules((await look(working(120))).report)).toEqual([])
    const { report, said } = await look([...working(60), ...working(60, 91)])
    expect(rules(report)).toEqual(['log-gap warn'])
    expect(said).toContain('No request is logged from 2026-12-24T17:30Z to 2027-01-25T08:00Z')
    expect(rules((await look([...working(60), ...working(270, 91)])).report)).toEqual(['log-gap warn'])
    const days = [...every(day, 200), ...every(day, 120, start + 231 * day)]
    const lines = days.map(({ at }, i) => `${new Date(at).toISOString().slice(0, 10)},${((i * 37) % 101) / 10}`)
    const given = { 'b.csv': `date,amount\n${lines.join('\n')}\n` }
    expect(rules((await look([], given)).report)).toEqual(['column-new warn'])
    const table = await look([], given, '--timestamp', 'date', '--ignore', 'date')
    expect(rules(table.report)).toEqual(['rows-gap warn'])
    expect(table.said).toContain('No row is from 2027-05-13T00:00Z to 2027-06-14T00:00Z; a part of the data may be')
  })

  it('counts times that nobody can read, and leaves infinite latencies out', async () => {
    const requests = every(hour, 40).map((each, i) => ({
      ...each,
      latency: i === 7 ? 'inf' : i === 8 ? '-3' : 5,
      ...(i === 9 && { time: 'soon' }),
    }))
    const { report } = await look(requests)
    expect(rules(report)).toContain('timestamp warn')
    expect(report!.computational!.metrics.latency_max_ms!.value).toBe(5)
  })

  it('may have one request', async () => {
    const { report } = await look(every(hour, 1), {}, '--limits', 'latency-p99-ms: 3, throughput-min: 1')
    expect(report!.computational).toMatchObject({ requests: 1, seconds: 0, chunks: [] })
    expect(report!.computational!.metrics.latency_p99_ms).toMatchObject({ value: 4, alert: true })
    expect(report!.computational!.metrics.throughput!.value).toBeNull()
    expect(rules(report)).toEqual(['limit-unknown warn'])
  })

  it('may have none', async () => {
    const { report, said } = await look([], {}, '--limits', 'latency-p99-ms: 3')
    expect(report!.verdict).toBe('fail')
    expect(report!.computational).toBeNull()
    expect(said).toContain('The limit latency_p99_ms is declared, but neither the log nor `metrics` says the value.')
  })

  it('may have a dump that is none', async () => {
    const missing = await look(every(hour, 30), {}, '--metrics', 'm-*.txt')
    expect(rules(missing.report)).toEqual(['metrics-missing warn'])
    const page = await look(every(hour, 30), { 'm-1.txt': '<html>502</html>\n' }, '--metrics', 'm-*.txt')
    expect(page.said).toContain("Line 1 of m-1.txt is no sample of Prometheus' text format")
  })
})
