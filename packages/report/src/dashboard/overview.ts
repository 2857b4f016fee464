import { codeHtml, html, type Markup } from '../html/markup.ts'
import { fmtCount, plural } from '../numbers.ts'
import type { DashboardInput, DashboardModel } from './dashboard-input.ts'
import { type Cell, codeCell, dataTable, markupCell, numberCell, textCell } from './data-table.ts'
import { historyMetric, metricValue } from './history-section.ts'
import { verdictHtml } from './verdict-html.ts'

const head = ['Model', 'Latest version', 'Stages', 'Runs', 'Last value', 'Last monitoring']

function row(model: DashboardModel, at: number): Cell[] {
  const { deprecated, history, monitoring, name, runs, stages, versions } = model
  const held = Object.entries(stages).map(
    ([stage, version], place) =>
      html`${place === 0 ? '' : ', '}${codeHtml(stage, 40)}: ${codeHtml(version.slice(0, 40), 40)}`,
  )
  const metric = historyMetric(model)
  const newest = history.at(-1)
  const last = metric === null || newest === undefined ? null : metricValue(newest, metric)
  const value = numberCell(last)
  const point = monitoring.found.at(-1)
  return [
    markupCell(html`<a href="#model-${at}">${codeHtml(name)}</a>${deprecated ? ' (deprecated)' : ''}`, name),
    codeCell(versions.find(({ active }) => active)?.version ?? null),
    held.length > 0 ? markupCell(html`${held}`, '') : textCell(null),
    numberCell(runs.total, fmtCount(runs.total)),
    metric === null || last === null ? value : markupCell(html`${codeHtml(metric, 40)} ${value.shown}`, last),
    point ? markupCell(verdictHtml(point.report.verdict), point.report.verdict) : textCell(null),
  ]
}

/** All models in one table, each with a link to its part of the page. */
export function overview({ models }: DashboardInput): Markup {
  return dataTable({
    id: 'overview',
    caption: html`${plural(models.length, 'model')}.`,
    columns: head.map((text) => ({ head: html`${text}` })),
    rows: models.map(row),
  })
}
