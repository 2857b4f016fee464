import type { ChunkMetric } from '@mlwright/domain'
import { oneLine } from '../code.ts'
import { codeHtml, html, type Markup } from '../html/markup.ts'
import { fmtCount, fmtInterval, fmtNumber, none } from '../numbers.ts'
import type { DashboardModel } from './dashboard-input.ts'
import { type Cell, foldedTable, markupCell, numberCell, textCell, timeCell } from './data-table.ts'
import { fmtDay } from './moment.ts'
import { noPoints } from './no-points.ts'
import { type ProductionChunk, productionChunks } from './production-chunks.ts'
import { trendChart } from './trend-chart.ts'

const metricOf = ({ metrics }: ProductionChunk, name: string): ChunkMetric | null =>
  Object.hasOwn(metrics, name) ? metrics[name]! : null

/** Measured with its interval, else estimated; an alert is a word. */
function metricCell(metric: ChunkMetric | null): Cell {
  if (metric === null) return textCell(null)
  const { alert, estimated, high, low, measured } = metric
  const interval = low !== null && high !== null ? ` (${fmtInterval(low, high)})` : ''
  const shown =
    measured !== null
      ? `${fmtNumber(measured)}${interval}`
      : estimated !== null
        ? `${fmtNumber(estimated)}, estimated`
        : none
  const sign = html`<strong><span aria-hidden="true">▲</span> alert</strong> `
  return markupCell(alert ? html`${sign}${shown}` : html`${shown}`, measured ?? estimated)
}

function metricChart(
  name: string,
  model: string,
  chunks: readonly ProductionChunk[],
  reference: number | null,
  id: string,
): Markup {
  const time = chunks.every(({ answered }) => answered !== null)
  const line = (kind: 'measured' | 'estimated') =>
    chunks.map((chunk, place) => {
      const x = time ? chunk.answered! : place
      const metric = metricOf(chunk, name)
      const y = metric?.[kind] ?? null
      const decides = kind === 'measured' || metric?.measured == null
      return { x, y, alarm: y !== null && decides && metric?.alert === true }
    })
  const chart = trendChart({
    id,
    title: `${oneLine(name, 60)} of ${oneLine(model, 60)} in production`,
    from: fmtDay(chunks[0]!.answered ?? chunks[0]!.at),
    to: fmtDay(chunks.at(-1)!.answered ?? chunks.at(-1)!.at),
    time,
    lines: [
      { name: 'Measured', dashed: false, points: line('measured') },
      { name: 'Estimated', dashed: true, points: line('estimated') },
    ],
    limits: reference === null ? [] : [{ name: 'Reference', y: reference }],
  })
  return html`<figure>${chart}<figcaption>${codeHtml(name, 60)}: measured (line, full points), estimated where labels are missing (dashed, hollow points), alerts (squares), the reference (level line).</figcaption></figure>`
}

/** Performance over time in production, measured and estimated: a chart for each metric, and a table. */
export function performanceSection({ monitoring, name }: DashboardModel, id: string): Markup {
  if (monitoring.found.length === 0) return noPoints
  const chunks = productionChunks(monitoring.found)
  if (chunks.length === 0)
    return html`<p>No monitoring point of this model holds performance: give the action <code>monitor</code> the columns of scores or predictions, and labels where they have arrived.</p>`
  const names = [...new Set(chunks.flatMap(({ metrics }) => Object.keys(metrics)))].slice(0, 12)
  const reference = monitoring.found.findLast(({ report }) => report.performance !== null)?.report.performance
    ?.reference
  const of = (metric: string) => (reference && Object.hasOwn(reference, metric) ? reference[metric]! : null)
  const charts = names.map((metric, at) => metricChart(metric, name, chunks, of(metric), `${id}-chart-${at}`))
  const table = foldedTable({
    id,
    caption: html`Performance of ${codeHtml(name)} in production, newest first.`,
    columns: [
      ...['Looked at (UTC)', 'Rows', 'Labels'].map((head) => ({ head: html`${head}` })),
      ...names.map((metric) => ({ head: codeHtml(metric, 60) })),
    ],
    rows: chunks
      .toReversed()
      .map((chunk) => [
        timeCell(chunk.at),
        markupCell(html`${fmtCount(chunk.first)} to ${fmtCount(chunk.last)}`, chunk.first),
        numberCell(chunk.labelled, fmtCount(chunk.labelled)),
        ...names.map((metric) => metricCell(metricOf(chunk, metric))),
      ]),
  })
  return html`<div class="charts">${charts}</div>${table}`
}
