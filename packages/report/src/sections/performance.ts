import type { ConceptDrift, DriftReport, Performance } from '@mlwright/domain'
import { type Block, paragraph, table } from '../block.ts'
import { code } from '../code.ts'
import { icon } from '../gates.ts'
import { fmtCount, fmtNumber, none, plural } from '../numbers.ts'

type Chunk = Performance['chunks'][number]

/** Chunks in which the performance is worse than the reference by more than chance. */
export const alertedChunks = ({ performance }: DriftReport): number =>
  (performance?.chunks ?? []).filter(({ metrics }) => Object.values(metrics).some(({ alert }) => alert)).length

/** `worse than the reference in 2 of 10 chunks`. */
export const worseIn = (report: DriftReport): string =>
  `worse than the reference in ${fmtCount(alertedChunks(report))} of ${plural(report.performance?.chunks.length ?? 0, 'chunk')}`

function rowsOf({ first, last, from, to }: Chunk): string {
  const rows = `${fmtCount(first)} to ${fmtCount(last)}`
  return from && to ? `${rows} (${from.slice(0, 10)} to ${to.slice(0, 10)})` : rows
}

function howEstimated({ estimator = 'cbpe', calibrated }: Performance): string {
  if (estimator === null) return 'measured where labels have arrived'
  const from = calibrated ? 'scores calibrated on the reference' : 'scores as they are'
  const how = estimator === 'dle' ? 'a model of the errors in the reference' : from
  return `measured where labels have arrived, else estimated from ${how} (in italics)`
}

const errorNames: Readonly<Record<string, string>> = { wrong: 'Share of wrong answers', absolute_error: 'Mean error' }

/** Where a stream detector finds that errors have grown; it decides nothing. */
function conceptLines({ detector, errors, labelled, alarms }: ConceptDrift): string {
  const name = code(detector)
  if (alarms.length === 0) return `${name} finds no growth of the errors along ${plural(labelled, 'labelled row')}.`
  const of = errorNames[errors] ?? errors
  const said = alarms.map(
    ({ since, since_time: time, before, after }) =>
      `from row ${fmtCount(since)}${time ? ` (${time.slice(0, 10)})` : ''}: ${fmtNumber(before)} → ${fmtNumber(after)}`,
  )
  return `**Concept drift**, as ${name} sees it along ${plural(labelled, 'labelled row')}. ${of} ${said.join('; ')}.`
}

/** One line per chunk: how many labels, and the metrics, estimates in italics; then where errors have grown. */
export function performanceBlocks({ performance }: DriftReport): Block[] {
  if (performance === null || performance.chunks.length === 0) return []
  const names = Object.keys(performance.reference)
  const cell = (chunk: Chunk, name: string) => {
    const { measured, estimated, alert } = chunk.metrics[name]!
    const shown = measured !== null || estimated === null ? fmtNumber(measured) : `_${fmtNumber(estimated)}_`
    return alert ? `${icon.warn} ${shown}` : shown
  }
  const rows = performance.chunks.map((chunk) => [
    rowsOf(chunk),
    fmtCount(chunk.labelled),
    ...names.map((name) => cell(chunk, name)),
  ])
  const reference = ['Reference', none, ...names.map((name) => fmtNumber(performance.reference[name]!))]
  return [
    paragraph(`**Performance**, ${howEstimated(performance)}.`),
    table(['Rows', 'Labels', ...names.map((name) => code(name))], `lr${'r'.repeat(names.length)}`, [
      reference,
      ...rows,
    ]),
    ...(performance.concept ? [paragraph(conceptLines(performance.concept))] : []),
  ]
}
