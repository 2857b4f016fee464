import { codeHtml, html, type Markup, nothing } from '../html/markup.ts'
import { fmtCount, fmtNumber, fmtPercent, none, plural } from '../numbers.ts'
import { type ColumnPoint, type ColumnTrend, columnTrends } from './column-trend.ts'
import type { DashboardModel, DriftPoint } from './dashboard-input.ts'
import { type Cell, codeCell, dataTable, markupCell, numberCell, textCell, timeCell } from './data-table.ts'
import { fmtMoment } from './moment.ts'
import { noPoints } from './no-points.ts'
import { sparkline } from './sparkline.ts'
import { verdictHtml } from './verdict-html.ts'

const drift = html`<strong><span aria-hidden="true">▲</span> drift</strong>`

const summaryHead = [
  'Column',
  'Effect over time',
  'Now',
  'Last effect',
  'Its threshold',
  'Share of it',
  'Drifted in',
  'First drift (UTC)',
]

function nameCell({ column, role }: ColumnTrend): Cell {
  if (role === undefined) return codeCell(column)
  return markupCell(role === 'together' ? html`${column}` : html`${codeHtml(column)} <small>${role}</small>`, column)
}

function summaryRow(trend: ColumnTrend): Cell[] {
  const { points, role } = trend
  const size = role === 'together' ? fmtNumber : fmtPercent
  const known = points.filter((point): point is ColumnPoint => point !== null)
  const drifted = known.filter((point) => point.drifted)
  const now = known.at(-1)
  const effect = now?.effect ?? null
  const count = `${drifted.length} of ${known.length}`
  return [
    nameCell(trend),
    markupCell(sparkline(points), null),
    now?.drifted ? markupCell(drift, 1) : markupCell(html`no drift`, 0),
    effect ? markupCell(html`${codeHtml(effect.name, 40)} ${size(effect.value)}`, effect.value) : textCell(null),
    numberCell(effect?.threshold ?? null, size(effect?.threshold ?? null)),
    numberCell(effect?.share ?? null),
    numberCell(drifted.length, count),
    drifted[0] ? timeCell(drifted[0].at) : textCell(null),
  ]
}

const pointCell = (point: ColumnPoint | null): Cell => {
  if (point === null) return textCell(null)
  const share = point.effect?.share ?? null
  const shown = share === null ? none : fmtNumber(share)
  return markupCell(point.drifted ? html`${drift} ${shown}` : html`${shown}`, share)
}

function pointRow({ at, report }: DriftPoint, place: number, trends: readonly ColumnTrend[]): Cell[] {
  return [
    timeCell(at),
    markupCell(verdictHtml(report.verdict), report.verdict),
    codeCell(report.current.name),
    numberCell(report.current.rows, fmtCount(report.current.rows)),
    ...trends.map(({ points }) => pointCell(points[place]!)),
  ]
}

/** What was wrong with the data that was looked at last: columns that are gone, new or of another type, no rows. */
function findingsOf({ report }: DriftPoint): Markup {
  const shown = report.findings.slice(0, 20)
  const items = shown.map(({ level, message }) => html`<li>${verdictHtml(level)}: ${codeHtml(message, 400)}</li>`)
  return items.length > 0 ? html`<ul>${items}</ul>` : nothing
}

/** Drift over time, column by column: a line and numbers for each, and every point in a table. */
export function driftSection({ monitoring, name }: DashboardModel, id: string): Markup {
  const { found, total } = monitoring
  if (found.length === 0) return noPoints
  const trends = columnTrends(found)
  const last = found.at(-1)!
  const which =
    found.length === total ? plural(total, 'point') : `the newest ${found.length} of ${fmtCount(total)} points`
  const summary = dataTable({
    id,
    caption: html`Drift of ${codeHtml(name)} by column (${which}). An effect is shown as a share of its threshold: from 1 on, the dotted line, it matters; squares are drift.`,
    columns: summaryHead.map((head, at) => ({
      head: html`${head}`,
      ...(at > 1 && at < 7 && { first: 'descending' as const }),
      unsorted: at === 1,
    })),
    rows: trends.map(summaryRow),
    sorted: { column: 6, direction: 'descending' },
  })
  const points = dataTable({
    id: `${id}-points`,
    caption: html`Every point of ${codeHtml(name)}, newest first: the largest effect of each column as a share of its threshold.`,
    columns: [
      ...['Time (UTC)', 'Verdict', 'Current data', 'Rows'].map((head) => ({ head: html`${head}` })),
      ...trends.map(({ column }) => ({ head: codeHtml(column, 60) })),
    ],
    rows: found.map((point, place) => pointRow(point, place, trends)).reverse(),
  })
  return html`<p>Last looked at ${fmtMoment(last.at)} UTC: ${verdictHtml(last.report.verdict)}, ${codeHtml(last.report.current.name)} against ${codeHtml(last.report.reference.name)}.</p>${findingsOf(last)}${summary}<details><summary>Every point as a table</summary>${points}</details>`
}
