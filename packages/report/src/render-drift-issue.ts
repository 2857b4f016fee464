import type { ColumnDrift, DriftReport } from '@mlwright/domain'
import { type Block, details, paragraph, table } from './block.ts'
import { code, sentence } from './code.ts'
import { alone } from './context.ts'
import { alertedChunks, type DriftPoint, dayOf, rings, unbroken } from './drift-series.ts'
import { characters, fitSize } from './fit-size.ts'
import { link } from './link.ts'
import { toMarkdown } from './markdown.ts'
import { enumerate, fmtCount, fmtLimit, fmtNumber, fmtPercent, none, plural } from './numbers.ts'
import { performanceBlocks, strongest } from './render-drift.ts'
import { driftCharts } from './sections/drift-charts.ts'
import { findingList } from './sections/findings.ts'

export interface DriftIssueInput {
  readonly model: string
  /** The newest points of the history, oldest first; the last one is what the issue is about. */
  readonly points: readonly DriftPoint[]
  /** Points of the last one's calendar year. */
  readonly thisYear: number
  /** Address of the workflow run; null outside one. */
  readonly runUrl: string | null
}

export interface DriftIssue {
  readonly title: string
  readonly body: string
}

/** The hidden first line by which a model's issue is found again. */
export const driftMarker = (model: string): string =>
  `<!-- mlwright:drift model=${model.replace(/[^A-Za-z0-9_.-]+/g, '-')} -->`

const sinceLine = (id: string) => `<!-- mlwright:since ${id} -->`

/** The id of the point with which the drift began that an issue's body tells of; null in any other body. */
export const driftSince = (body: string): string | null =>
  /^<!-- mlwright:since ([\w-]+) -->$/m.exec(body.split('\n', 3)[1] ?? '')?.[1] ?? null

const judged = (report: DriftReport, { drifted, peer }: ColumnDrift) =>
  report.method === 'calibrated' ? drifted : (peer?.drifted ?? false)

/** The columns that have drifted by the rules that the verdict follows. */
export const driftedColumns = (report: DriftReport): [string, ColumnDrift][] =>
  Object.entries(report.columns).filter(([, column]) => judged(report, column))

/** When an unbroken series began; before what is known where all of it drifts. */
function began(series: readonly DriftPoint[], points: readonly DriftPoint[]): string {
  const day = dayOf(series[0]!)
  return series.length === points.length && points.length > 1 ? `${day} or earlier` : day
}

function columnRow([name, column]: [string, ColumnDrift], points: readonly DriftPoint[]): string[] {
  const test = strongest(column)
  const series = unbroken(points, (report) => {
    const other = report.columns[name]
    return other !== undefined && judged(report, other)
  })
  const since = series.length === 0 ? none : began(series, points)
  if (test === undefined) return [code(name, 60), none, none, none, none, none, since]
  const { p_value, alpha } = column.tests[test]!
  const { name: effect, value, threshold } = column.effects[test]!
  return [
    code(name, 60),
    `${fmtPercent(value)} (${code(effect, 80)})`,
    fmtPercent(threshold),
    code(test),
    fmtNumber(p_value),
    fmtNumber(alpha),
    since,
  ]
}

const columnHead = ['Column', 'Effect', 'Matters from', 'Test', 'p-value', 'Level', 'Since']

function headline(report: DriftReport, series: readonly DriftPoint[], points: readonly DriftPoint[]): string {
  const { current, reference } = report
  const names = driftedColumns(report).map(([name]) => code(name, 60))
  const many = names.length > 8 ? [...names.slice(0, 8), `${names.length - 8} more`] : names
  const alerted = alertedChunks(report)
  const chunks = `in ${fmtCount(alerted)} of ${plural(report.performance?.chunks.length ?? 0, 'chunk')}`
  const found = [
    ...(names.length > 0 ? [`${enumerate(many)} ${names.length === 1 ? 'has' : 'have'} drifted`] : []),
    ...(alerted > 0 ? [`${names.length > 0 ? 'the' : 'The'} performance is below the reference ${chunks}`] : []),
  ]
  const runs = plural(series.length, 'run')
  const said = found.length > 0 ? found.join(', ') : 'Not every column can be compared'
  return `**${said}** in ${code(current.name)} (${plural(current.rows, 'row')}) against ${code(reference.name)} (${fmtCount(reference.rows)}), since ${began(series, points)} (${runs} without a break).`
}

/** What the year's budget was, and what the runs so far have spent of it. */
function budgetSentence({ budget }: DriftReport, thisYear: number): string {
  const short = (value: number) => fmtLimit(Number(value.toPrecision(3)))
  const spent = (budget.expected * Math.min(thisYear, budget.runs)) / budget.runs
  return `**Error budget**: ${plural(thisYear, 'run')} this year, of ${fmtCount(budget.runs)}, spent ${short(spent)} of ${short(budget.expected)} expected false alarms, shared among ${plural(budget.columns, 'column')}.`
}

/** The issue about a model's drift: which columns, how much, how sure, since when, and what the performance is. */
export function renderDriftIssue({ model, points, thisYear, runUrl }: DriftIssueInput): DriftIssue {
  const last = points.at(-1)!
  const { report } = last
  const series = unbroken(points, rings)
  const drifted = driftedColumns(report)
  const reasons = drifted.map(([name, column]) =>
    paragraph(
      `${code(name, 60)}: ${column.reason === '' ? 'by the rules of the other tool' : sentence(column.reason)}.`,
    ),
  )
  const blocks: Block[] = [
    paragraph([driftMarker(model), sinceLine((series[0] ?? last).id), headline(report, series, points)].join('\n')),
    ...findingList(
      report.findings.filter(({ level }) => level === 'fail'),
      alone,
    ),
    ...(drifted.length === 0
      ? []
      : [
          table(
            columnHead,
            'lrrlrrr',
            drifted.map((column) => columnRow(column, points)),
          ),
        ]),
    ...(reasons.length > 3 ? [details('Why, column by column', reasons)] : reasons),
    ...driftCharts(drifted, points),
    ...performanceBlocks(report),
    paragraph(budgetSentence(report, thisYear)),
    paragraph(
      `${link('The last run', runUrl)} looked on ${dayOf(last)}. This issue is kept up to date, and closed when the data no longer drifts. Columns that rise by themselves belong into ${code(`models.${model}.monitor.ignore`)}.`,
    ),
  ]
  const room = { limit: 65_000, measure: characters, elsewhere: 'the records branch' }
  return {
    title: `${drifted.length === 0 && alertedChunks(report) > 0 ? 'Performance drop' : 'Data drift'}: ${model}`,
    body: toMarkdown(fitSize(blocks, room)),
  }
}

/** What is said when the data drifts no more; `before` are the points up to the one that is clear. */
export function renderDriftCleared(points: readonly DriftPoint[]): string {
  const last = points.at(-1)!
  const before = points.slice(0, -1)
  const series = unbroken(before, rings)
  const { current, reference } = last.report
  const lasted = series.length === 0 ? '' : ` It had lasted from ${began(series, before)} to ${dayOf(series.at(-1)!)}.`
  return `No drift any more: ${code(current.name)} (${plural(current.rows, 'row')}) fits ${code(reference.name)}, looked at on ${dayOf(last)}.${lasted}`
}
