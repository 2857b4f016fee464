import type { Computational } from '@mlwright/domain'
import { oneLine } from '../code.ts'
import { codeHtml, html, type Markup } from '../html/markup.ts'
import { fmtCount } from '../numbers.ts'
import { computationalLabel, computationalText } from '../sections/computational.ts'
import type { DashboardModel } from './dashboard-input.ts'
import { type Cell, foldedTable, markupCell, numberCell, textCell, timeCell } from './data-table.ts'
import { fmtDay } from './moment.ts'
import { noPoints } from './no-points.ts'
import { trendChart } from './trend-chart.ts'

interface Look {
  readonly at: number
  readonly found: Computational
}

const metricOf = ({ found }: Look, name: string) => (Object.hasOwn(found.metrics, name) ? found.metrics[name]! : null)

function chart(name: string, model: string, looks: readonly Look[], id: string): Markup {
  const limit = looks.findLast((look) => metricOf(look, name)?.limit != null)
  const label = computationalLabel(name)
  const drawn = trendChart({
    id,
    title: `${label} of ${oneLine(model, 60)} in production`,
    from: fmtDay(looks[0]!.at),
    to: fmtDay(looks.at(-1)!.at),
    time: true,
    lines: [
      {
        name: 'Value',
        dashed: false,
        points: looks.map((look) => {
          const metric = metricOf(look, name)
          return { x: look.at, y: metric?.value ?? null, alarm: metric?.alert === true }
        }),
      },
    ],
    limits: limit ? [{ name: 'Limit', y: metricOf(limit, name)!.limit! }] : [],
  })
  const level = limit ? '; the level line is its limit, squares are beyond it' : ''
  return html`<figure>${drawn}<figcaption>${label}${level}.</figcaption></figure>`
}

function cell(look: Look, name: string): Cell {
  const metric = metricOf(look, name)
  if (metric === null) return textCell(null)
  const text = computationalText(name, metric.value)
  const sign = html`<strong><span aria-hidden="true">▲</span> beyond its limit</strong> `
  return markupCell(metric.alert ? html`${sign}${text}` : html`${text}`, metric.value)
}

/** How production's requests were answered over time: latency, throughput, errors and resources, each with its limit. */
export function requestsSection({ monitoring, name }: DashboardModel, id: string): Markup {
  if (monitoring.found.length === 0) return noPoints
  const looks = monitoring.found.flatMap(({ at, report }): Look[] =>
    report.computational ? [{ at, found: report.computational }] : [],
  )
  if (looks.length === 0)
    return html`<p>No monitoring point of this model says how requests were answered: give the action <code>monitor</code> the server's prediction log, or dumps of its metrics.</p>`
  const names = [...new Set(looks.flatMap(({ found }) => Object.keys(found.metrics)))].slice(0, 12)
  const charts = names.map((metric, at) => chart(metric, name, looks, `${id}-chart-${at}`))
  const table = foldedTable({
    id,
    caption: html`Requests to ${codeHtml(name)}, newest first.`,
    columns: ['Looked at (UTC)', 'Requests', ...names.map(computationalLabel)].map((head) => ({ head: html`${head}` })),
    rows: looks
      .toReversed()
      .map((look) => [
        timeCell(look.at),
        look.found.requests === null ? textCell(null) : numberCell(look.found.requests, fmtCount(look.found.requests)),
        ...names.map((metric) => cell(look, metric)),
      ]),
  })
  return html`<div class="charts">${charts}</div>${table}`
}
