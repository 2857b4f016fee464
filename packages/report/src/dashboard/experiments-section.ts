import { lowerIsBetter } from '../gates.ts'
import { codeHtml, html, type Markup, nothing } from '../html/markup.ts'
import { fmtCount, fmtLimit, plural } from '../numbers.ts'
import type { DashboardModel, DashboardRun } from './dashboard-input.ts'
import {
  type Cell,
  codeCell,
  dataTable,
  markupCell,
  numberCell,
  type TableColumn,
  textCell,
  timeCell,
} from './data-table.ts'
import type { ModelLinks } from './model-links.ts'
import { metricsOf, namesIn, paramsOf, primaryOf } from './run-columns.ts'
import { verdictHtml } from './verdict-html.ts'

const before = ['Run', 'Started (UTC)', 'Verdict', 'Version']
const after = ['Training rows', 'Pull request', 'Commit', 'Author']
const plain = (heads: readonly string[]): TableColumn[] => heads.map((head) => ({ head: html`${head}` }))

function verdictCell({ evaluation, run }: DashboardRun): Cell {
  if (run.failure !== null) return markupCell(html`<span class="verdict">no model</span>`, 'no model')
  return evaluation ? markupCell(verdictHtml(evaluation.verdict), evaluation.verdict) : textCell(null)
}

/** A param as it was written: numbers to ten digits, texts as code. */
const paramCell = (value: number | string | null | undefined): Cell => {
  if (typeof value === 'number') return numberCell(value, fmtLimit(value))
  return value === undefined || value === null ? textCell(null) : codeCell(value)
}

function cellsBefore(model: DashboardModel, entry: DashboardRun): Cell[] {
  const { at, run } = entry
  const registered = model.versions.find((version) => version.run === run.id)
  return [codeCell(run.id), timeCell(at), verdictCell(entry), codeCell(registered?.version ?? null)]
}

function cellsAfter({ run }: DashboardRun, links: ModelLinks): Cell[] {
  const pull = run.stamp?.pull_request ?? null
  const { author, commit } = run.code
  return [
    numberCell(run.rows.train, fmtCount(run.rows.train)),
    pull === null ? textCell(null) : markupCell(links.pullRequest(pull), pull),
    commit === null ? textCell(null) : markupCell(links.commit(commit), commit),
    codeCell(author),
  ]
}

/** A model's runs with all their metrics and params, in a table that its reader sorts. */
export function experimentsSection(model: DashboardModel, id: string, links: ModelLinks): Markup {
  const { found: runs, total } = model.runs
  if (total === 0)
    return html`<p>No run is recorded yet; a pull request's workflow, or <code>npx mlwright run experiment</code>, records the first one. In a clone, fetch them with <code>git fetch origin mlwright-records</code>.</p>`
  const primary = primaryOf(runs)
  const metrics = namesIn(runs, metricsOf)
  const ordered = metrics.names.toSorted((a, b) => Number(b === primary) - Number(a === primary))
  const params = namesIn(runs, paramsOf)
  const columns: TableColumn[] = [
    ...plain(before),
    ...ordered.map(
      (name): TableColumn => ({
        head: html`${codeHtml(name, 60)}${lowerIsBetter(name) ? html` <small>(lower is better)</small>` : nothing}`,
        first: lowerIsBetter(name) ? 'ascending' : 'descending',
      }),
    ),
    ...plain(['Trainer']),
    ...params.names.map((name) => ({ head: html`<small>param</small> ${codeHtml(name, 60)}` })),
    ...plain(after),
  ]
  const rows = runs.toReversed().map((entry) => {
    const [measured, given] = [metricsOf(entry), paramsOf(entry)]
    return [
      ...cellsBefore(model, entry),
      ...ordered.map((name) => numberCell((measured.get(name) as number | null | undefined) ?? null)),
      codeCell(entry.run.code.script),
      ...params.names.map((name) => paramCell(given.get(name))),
      ...cellsAfter(entry, links),
    ]
  })
  const which = runs.length === total ? plural(total, 'run') : `the newest ${runs.length} of ${fmtCount(total)} runs`
  const left = metrics.left + params.left
  const more = left > 0 ? ` ${plural(left, 'further column')} had no room.` : ''
  return dataTable({
    id,
    caption: html`Experiments of ${codeHtml(model.name)}: ${which}.${more}`,
    columns,
    rows,
    sorted: { column: 1, direction: 'descending' },
  })
}
