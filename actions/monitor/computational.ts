import { failedSql, measureRequests, quoteName, type RequestMeasures, timeSql } from '@mlwright/data'
import type { Computational, Finding, Ports, Profile } from '@mlwright/domain'
import { type Dump, judgeComputational, measureExpositions, parseExposition } from '@mlwright/drift'
import type { Seen } from './open-seen.ts'
import type { MonitorSettings } from './settings.ts'

function warning(rule: string, message: string, count: number | null = null): Finding {
  return { rule, level: 'warn', column: null, message, location: null, count, share: null, examples: [] }
}

const day = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`

/** A table with a line for each request, as others write their logs; null where it says nothing of them. */
async function flatRequests(
  { engine }: Pick<Ports, 'engine'>,
  { timestamp = 'timestamp', limits }: MonitorSettings,
  { table }: Seen,
  reference: Profile,
): Promise<RequestMeasures | null> {
  const features = new Set(reference.columns.map(({ name }) => name))
  const names = new Set(table.dataset.columns.map(({ name }) => name).filter((name) => !features.has(name)))
  const column = (name: string) => (names.has(name) ? quoteName(name) : null)
  const text = (name: string) => (names.has(name) ? `CAST(${quoteName(name)} AS VARCHAR)` : null)
  const time = column(timestamp)
  if (time === null || table.dataset.rows === 0 || (limits === undefined && !names.has('latency_ms'))) return null
  return measureRequests(engine, {
    from: table.from,
    time: timeSql(time),
    latency: column('latency_ms'),
    failed: failedSql(text('status'), text('error')),
    outcome: 'true',
    file: null,
  })
}

function logFindings({ clockBack, timeless, gap }: RequestMeasures): Finding[] {
  return [
    ...(clockBack.count > 0
      ? [
          warning(
            'clock-back',
            `The clock goes back at ${clockBack.count === 1 ? 'one place' : `${clockBack.count} places`} of the log, by up to ${clockBack.seconds.toLocaleString('en')} s; rows are taken in the order of their times.`,
            clockBack.count,
          ),
        ]
      : []),
    ...(timeless > 0
      ? [
          warning(
            'timestamp',
            `${timeless === 1 ? 'One request has' : `${timeless.toLocaleString('en')} requests have`} no time that can be read; write ISO 8601, such as 2026-11-25T04:30:00Z.`,
            timeless,
          ),
        ]
      : []),
    ...(gap
      ? [
          warning(
            'log-gap',
            `No request is logged from ${day(gap.from)} to ${day(gap.to)}; a part of the log may be missing.`,
          ),
        ]
      : []),
  ]
}

/** Whether a part of a table is missing that says nothing of requests, by the times that it is said to have. */
async function missingPart(
  { engine }: Pick<Ports, 'engine'>,
  { timestamp }: MonitorSettings,
  { table, logged }: Seen,
): Promise<Finding[]> {
  const known = table.dataset.columns.some(({ name }) => name === timestamp)
  if (timestamp === undefined || !known || logged || table.dataset.rows === 0) return []
  const time = timeSql(quoteName(timestamp))
  const rows = { from: table.from, time, latency: null, failed: null, outcome: 'true', file: null }
  const { gap } = await measureRequests(engine, rows)
  if (!gap) return []
  const message = `No row is from ${day(gap.from)} to ${day(gap.to)}; a part of the data may be missing.`
  return [warning('rows-gap', message)]
}

/** The time that a file's name has, such as 20261125T043000Z or 2026-11-25T04:30:00. */
function timeOf(path: string): number | null {
  const found = /(\d{4})-?(\d{2})-?(\d{2})[T_ -](\d{2})[:-]?(\d{2})(?:[:-]?(\d{2}))?/.exec(path)
  if (!found) return null
  const [, year, month, date, hour, minute, second = '00'] = found
  const time = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? null : time
}

async function readDumps({ files }: Pick<Ports, 'files'>, metrics: string): Promise<Dump[]> {
  const paths = [...(await files.glob(metrics))].sort()
  const dumps: Dump[] = []
  for (const path of paths) {
    const bytes = await files.read(path)
    if (bytes) dumps.push({ ...parseExposition(new TextDecoder().decode(bytes), path), named: timeOf(path) })
  }
  return dumps
}

function limitFindings(found: Computational | null, { limits = {} }: MonitorSettings): Finding[] {
  const unknown = Object.entries(limits)
    .filter(([, limit]) => limit !== undefined)
    .map(([name]) => name)
    .filter((name) => (found?.metrics[name.replace(/_min$/, '')]?.value ?? null) === null)
  if (unknown.length === 0) return []
  const what = unknown.length === 1 ? `The limit ${unknown[0]} is` : `The limits ${unknown.join(', ')} are`
  return [warning('limit-unknown', `${what} declared, but neither the log nor \`metrics\` says the value.`)]
}

/** Latency, throughput, errors and resources from a prediction log and dumps of the server's metrics, by the declared limits. */
export async function computational(
  settings: MonitorSettings,
  ports: Pick<Ports, 'engine' | 'files'>,
  seen: Seen,
  reference: Profile,
): Promise<{ computational: Computational | null; findings: Finding[] }> {
  const { metrics, limits } = settings
  const log = seen.logged ? seen.requests : await flatRequests(ports, settings, seen, reference)
  const dumps = metrics === undefined ? [] : await readDumps(ports, metrics)
  const found = judgeComputational(log, dumps.length > 0 ? measureExpositions(dumps) : null, limits)
  return {
    computational: found,
    findings: [
      ...(log ? logFindings(log) : await missingPart(ports, settings, seen)),
      ...(metrics !== undefined && dumps.length === 0
        ? [
            warning(
              'metrics-missing',
              `No file matches ${metrics}, so no dump of the server's metrics is there to read.`,
            ),
          ]
        : []),
      ...limitFindings(found, settings),
    ],
  }
}
