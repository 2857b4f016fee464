import type { Computational, DriftReport } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { code, oneLine } from '../code.ts'
import { icon } from '../gates.ts'
import { fmtCount, fmtLimit, fmtNumber, fmtPercent, none, plural } from '../numbers.ts'

/** How metrics are called and written; the unit stands with the number. */
const shown: Readonly<Record<string, readonly [label: string, unit: string]>> = {
  latency_p50_ms: ['Latency, median', ' ms'],
  latency_p95_ms: ['Latency, 95th percentile', ' ms'],
  latency_p99_ms: ['Latency, 99th percentile', ' ms'],
  latency_max_ms: ['Latency, largest', ' ms'],
  throughput: ['Throughput', ' requests/s'],
  error_rate: ['Requests that failed', ''],
  cpu: ['Processor', ' cores'],
  memory_mb: ['Memory', ' MiB'],
}

/** What a metric is called: `Latency, median`. */
export const computationalLabel = (name: string): string => shown[name]?.[0] ?? oneLine(name, 60)

const labelOf = (name: string) => shown[name]?.[0] ?? code(name)

/** A metric's value with its unit: `12.34 ms`. */
export function computationalText(name: string, value: number | null): string {
  if (value === null) return none
  return name === 'error_rate' ? fmtPercent(value) : `${fmtNumber(value)}${shown[name]?.[1] ?? ''}`
}

/** The metrics that are beyond their declared limits, in a few words each. */
export function brokenLimits({ computational }: DriftReport): string[] {
  return Object.entries(computational?.metrics ?? {})
    .filter(([, { alert }]) => alert)
    .map(([name, { value, limit }]) => {
      const bound = name === 'error_rate' ? fmtPercent(limit) : fmtLimit(limit!)
      return `${labelOf(name).toLowerCase()} ${computationalText(name, value)} (limit ${bound})`
    })
}

function chunkTable({ chunks, metrics }: Computational): Block[] {
  const names = Object.keys(metrics).filter((name) => chunks.some((chunk) => (chunk.metrics[name] ?? null) !== null))
  if (names.length === 0) return []
  const mark = (name: string, value: number | null) => {
    const { limit, bound } = metrics[name]!
    const beyond = value !== null && limit !== null && (bound === 'least' ? value < limit : value > limit)
    return `${beyond ? `${icon.warn} ` : ''}${computationalText(name, value)}`
  }
  const rows = chunks.map((chunk) => [
    chunk.from.slice(0, 16).replace('T', ' '),
    fmtCount(chunk.requests),
    ...names.map((name) => mark(name, chunk.metrics[name] ?? null)),
  ])
  return [
    details('Stretch by stretch', [
      table(['From (UTC)', 'Requests', ...names.map(labelOf)], `lr${'r'.repeat(names.length)}`, rows),
    ]),
  ]
}

function coveredText({ from, to, seconds, requests }: Computational): string {
  const count = requests === null ? '' : plural(requests, 'request')
  if (from !== null && to !== null) return `: ${count} from ${from.slice(0, 16)}Z to ${to.slice(0, 16)}Z`
  return seconds === null ? `: ${count}` : `: ${count} in ${fmtNumber(seconds)} s`
}

/** How requests were answered: each number beside its limit, and how it went in stretches of the time. */
export function computationalBlocks({ computational }: DriftReport): Block[] {
  if (!computational || Object.keys(computational.metrics).length === 0) return []
  const rows = Object.entries(computational.metrics).map(([name, { value, limit, bound, alert, from }]) => [
    labelOf(name),
    computationalText(name, value),
    limit === null
      ? none
      : `${bound === 'least' ? '≥' : '≤'} ${name === 'error_rate' ? fmtPercent(limit) : fmtLimit(limit)}`,
    limit === null || value === null ? '' : alert ? icon.fail : icon.pass,
    value === null ? none : from === 'log' ? 'prediction log' : 'metrics',
  ])
  return [
    paragraph(`**Answering**${coveredText(computational)}.`),
    table(['', 'Value', 'Limit', '', 'From'], 'lrrll', rows),
    ...chunkTable(computational),
  ]
}
