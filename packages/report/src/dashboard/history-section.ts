import { oneLine } from '../code.ts'
import { lowerIsBetter } from '../gates.ts'
import { codeHtml, html, type Markup } from '../html/markup.ts'
import type { DashboardInput, DashboardModel, HistoryPoint } from './dashboard-input.ts'
import { codeCell, foldedTable, markupCell, numberCell, timeCell } from './data-table.ts'
import type { ModelLinks } from './model-links.ts'
import { fmtDay } from './moment.ts'
import { primaryOf } from './run-columns.ts'
import { trendChart } from './trend-chart.ts'

/** The metric that a model's history is told in. */
export const historyMetric = ({ history, runs }: DashboardModel): string | null =>
  primaryOf(runs.found) ?? Object.keys(history.at(-1)?.metrics ?? {})[0] ?? null

/** A metric of a run on the default branch; null where it has none. */
export const metricValue = ({ metrics }: HistoryPoint, metric: string): number | null =>
  Object.hasOwn(metrics, metric) ? metrics[metric]! : null

/** The primary metric over time on the default branch: a chart, and the same as a table. */
export function historySection(model: DashboardModel, id: string, input: DashboardInput, links: ModelLinks): Markup {
  const { history, name } = model
  const metric = historyMetric(model)
  const branch = codeHtml(input.defaultBranch, 60)
  if (history.length === 0 || metric === null)
    return html`<p>No evaluated run of ${branch} is recorded yet; a push to it records one.</p>`
  const values = history.map((point) => ({ ...point, value: metricValue(point, metric) }))
  const better = lowerIsBetter(metric) ? 'lower' : 'higher'
  const chart = trendChart({
    id: `${id}-chart`,
    title: `${oneLine(metric, 60)} of ${oneLine(name, 60)} on ${oneLine(input.defaultBranch, 60)}`,
    from: fmtDay(values[0]!.at),
    to: fmtDay(values.at(-1)!.at),
    time: true,
    lines: [{ name: 'Value', dashed: false, points: values.map(({ at, value }) => ({ x: at, y: value })) }],
  })
  const table = foldedTable({
    id,
    caption: html`${codeHtml(metric, 60)} of ${codeHtml(name)} on ${branch}, newest first.`,
    columns: ['Run started (UTC)', 'Value', 'Run', 'Commit'].map((head) => ({ head: html`${head}` })),
    rows: values
      .toReversed()
      .map(({ at, commit, run, value }) => [
        timeCell(at),
        numberCell(value),
        codeCell(run),
        markupCell(links.commit(commit), commit),
      ]),
  })
  return html`<figure>${chart}<figcaption>${codeHtml(metric, 60)} over time on ${branch}; ${better} is better.</figcaption></figure>${table}`
}
