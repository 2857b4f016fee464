import type { ColumnDrift, DriftReport } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { code, sentence } from '../code.ts'
import { alone } from '../context.ts'
import { type DriftPoint, dayOf, unbroken } from '../drift-series.ts'
import { enumerate, fmtCount, fmtLimit, fmtNumber, fmtPercent, none, plural } from '../numbers.ts'
import { sharers, strongest } from '../render-drift.ts'
import { brokenLimits, computationalBlocks } from './computational.ts'
import { driftCharts } from './drift-charts.ts'
import { findingList } from './findings.ts'
import { driftedTogether, multivariateBlocks } from './multivariate.ts'
import { alertedChunks, performanceBlocks, worseIn } from './performance.ts'

const judged = (report: DriftReport, { drifted, peer }: ColumnDrift) =>
  report.method === 'calibrated' ? drifted : (peer?.drifted ?? false)

/** The columns that have drifted by the rules that the verdict follows. */
export const driftedColumns = (report: DriftReport): [string, ColumnDrift][] =>
  Object.entries(report.columns).filter(([, column]) => judged(report, column))

/** When an unbroken series began; before what is known where all of it drifts. */
export function began(series: readonly DriftPoint[], points: readonly DriftPoint[]): string {
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

/** What has drifted, against what, and since when. */
export function headline(report: DriftReport, series: readonly DriftPoint[], points: readonly DriftPoint[]): string {
  const { current, reference } = report
  const names = driftedColumns(report).map(([name]) => code(name, 60))
  const many = names.length > 8 ? [...names.slice(0, 8), `${names.length - 8} more`] : names
  const found = [
    ...(names.length > 0 ? [`${enumerate(many)} ${names.length === 1 ? 'has' : 'have'} drifted`] : []),
    ...(driftedTogether(report) ? ['the columns have drifted together'] : []),
    ...(alertedChunks(report) > 0 ? [`the performance is ${worseIn(report)}`] : []),
    ...brokenLimits(report),
  ]
  const runs = plural(series.length, 'run')
  const said =
    found.length > 0
      ? found.join(', ').replace(/^./, (first) => first.toUpperCase())
      : 'Not every column can be compared'
  return `**${said}** in ${code(current.name)} (${plural(current.rows, 'row')}) against ${code(reference.name)} (${fmtCount(reference.rows)}), since ${began(series, points)} (${runs} without a break).`
}

/** What the year's budget was, and what the runs so far have spent of it. */
function budgetSentence({ budget }: DriftReport, thisYear: number): string {
  const short = (value: number) => fmtLimit(Number(value.toPrecision(3)))
  const spent = budget.spent ?? (budget.expected * Math.min(thisYear, budget.runs)) / budget.runs
  return `**Error budget**: ${plural(thisYear, 'run')} this year, of ${fmtCount(budget.runs)}, spent ${short(spent)} of ${short(budget.expected)} expected false alarms, shared among ${enumerate(sharers(budget))}.`
}

/** Which columns drift, how much, how sure and since when, with a chart of each; what the performance is; what of the budget is spent. */
export function driftEvidence(points: readonly DriftPoint[], thisYear: number): Block[] {
  const { report } = points.at(-1)!
  const drifted = driftedColumns(report)
  const rows = drifted.map((column) => columnRow(column, points))
  const reasons = drifted.map(([name, column]) =>
    paragraph(
      `${code(name, 60)}: ${column.reason === '' ? 'by the rules of the other tool' : sentence(column.reason)}.`,
    ),
  )
  return [
    ...findingList(
      report.findings.filter(({ level }) => level === 'fail'),
      alone,
    ),
    ...(rows.length > 0 ? [table(columnHead, 'lrrlrrr', rows)] : []),
    ...(reasons.length > 3 ? [details('Why, column by column', reasons)] : reasons),
    ...driftCharts(drifted, points),
    ...(driftedTogether(report) ? multivariateBlocks(report) : []),
    ...performanceBlocks(report),
    ...(brokenLimits(report).length > 0 ? computationalBlocks(report) : []),
    paragraph(budgetSentence(report, thisYear)),
  ]
}
