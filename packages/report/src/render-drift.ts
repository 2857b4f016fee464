import type { ColumnDrift, DriftReport } from '@mlwright/domain'
import { type Block, details, paragraph, table } from './block.ts'
import { code, sentence } from './code.ts'
import { alone } from './context.ts'
import { icon } from './gates.ts'
import { enumerate, fmtCount, fmtLimit, fmtNumber, fmtPercent, none, plural } from './numbers.ts'
import { actionSummary } from './render-validation.ts'
import { brokenLimits, computationalBlocks } from './sections/computational.ts'
import { findingList } from './sections/findings.ts'
import { driftedTogether, multivariateBlocks } from './sections/multivariate.ts'
import { performanceBlocks } from './sections/performance.ts'

const head = ['Column', 'Test', 'p-value', 'Level', 'Effect', 'From', 'Distance']

/** The deciding test that says most: the one whose p-value is smallest for its level. */
export function strongest(column: ColumnDrift): string | undefined {
  const share = (name: string) => {
    const { p_value: p, alpha } = column.tests[name]!
    return p === null || alpha === null ? Infinity : p / alpha
  }
  return Object.keys(column.tests)
    .filter((name) => column.tests[name]!.alpha !== null)
    .sort((a, b) => share(a) - share(b))[0]
}

function row([name, column]: [string, ColumnDrift]): string[] {
  const test = strongest(column)
  const distance = Object.entries(column.distances).find(([, value]) => value !== null)
  const shown = distance ? `${distance[0]} ${fmtNumber(distance[1])}` : none
  const label = `${column.drifted ? icon.fail : icon.pass} ${code(name, 60)}${column.role ? ` (${column.role})` : ''}`
  if (test === undefined) return [label, none, none, none, none, none, shown]
  const { p_value, alpha } = column.tests[test]!
  const { value, threshold } = column.effects[test]!
  return [label, code(test), fmtNumber(p_value), fmtNumber(alpha), fmtPercent(value), fmtPercent(threshold), shown]
}

function verdictOf(report: DriftReport): string {
  const drifted = Object.entries(report.columns).filter(([, column]) => column.drifted)
  const { current, reference } = report
  const rows = `${plural(current.rows, 'row')} against ${fmtCount(reference.rows)}`
  const found =
    drifted.length > 0
      ? `${enumerate(drifted.map(([name]) => code(name, 60)))} ${drifted.length === 1 ? 'has' : 'have'} drifted`
      : driftedTogether(report)
        ? 'no column has drifted alone, but the columns have together'
        : 'no column has drifted'
  return `${icon[report.verdict]} **${code(current.name)} against ${code(reference.name)}** (${rows}): ${[found, ...brokenLimits(report)].join(', ')}.`
}

const short = (value: number) => fmtLimit(Number(value.toPrecision(3)))

/** Who shares a budget in one run. */
export const sharers = ({ columns, multivariate = 0, performance = 0 }: DriftReport['budget']): string[] => [
  plural(columns, 'column'),
  ...(multivariate > 0 ? ['all of them together'] : []),
  ...(performance > 0 ? ['the performance'] : []),
]

/** What the year's looks have spent of the budget; empty where no history is kept. */
export function spentSentence({ false_alarms, looks, spent }: DriftReport['budget']): string {
  if (looks === undefined || spent === undefined) return ''
  return `${plural(looks, 'look')} this year ${looks === 1 ? 'has' : 'have'} spent ${short(spent)} of ${short(false_alarms)}.`
}

function budgetSentence({ budget }: DriftReport): string {
  const shared = `${enumerate([...sharers(budget), plural(budget.runs, 'run')])} a year`
  return `Expected false alarms this year at this setting: ${short(budget.expected)}, shared among ${shared}. ${spentSentence(budget)}`.trim()
}

/** What the other tool says, beside the calibrated judgement. */
function peerBlocks({ method, columns, calibrated_verdict: calibrated }: DriftReport): Block[] {
  if (method === 'calibrated') return []
  const rows = Object.entries(columns).flatMap(([name, { peer, drifted }]) => {
    if (peer === null) return []
    const known = peer.scores.filter((score) => score !== null)
    const scores = known.length === 1 ? fmtNumber(known[0]!) : `${fmtNumber(Math.max(...known))} at most`
    const judged = (found: boolean) => (found ? `${icon.fail} drift` : icon.pass)
    return [
      [code(name, 60), code(peer.method), scores, fmtNumber(peer.threshold), judged(peer.drifted), judged(drifted)],
    ]
  })
  return [
    paragraph(`**${code(method)}** decides here; the calibrated verdict is ${icon[calibrated]} ${calibrated}.`),
    table(['Column', 'Method', 'Score', 'Threshold', method, 'calibrated'], 'llrrll', rows),
  ]
}

/** The job summary of `monitor`: the verdict, what is wrong, and a table of the columns with the drifted ones first. */
export function renderDrift(report: DriftReport): string {
  const columns = Object.entries(report.columns)
  const drifted = columns.filter(([, column]) => column.drifted)
  const calm = columns.filter(([, column]) => !column.drifted)
  const reasons = drifted.map(([name, column]) => paragraph(`${code(name, 60)}: ${sentence(column.reason)}.`))
  const of = (some: typeof columns) => table(head, 'llrrrrl', some.map(row))
  const blocks: Block[] = [
    { kind: 'heading', level: 3, text: 'Drift' },
    paragraph(verdictOf(report)),
    ...reasons,
    ...findingList(report.findings, alone),
    ...(drifted.length > 0 ? [of(drifted)] : []),
    ...(calm.length > 0 ? [details(`${plural(calm.length, 'column')} without drift`, [of(calm)])] : []),
    ...multivariateBlocks(report),
    ...peerBlocks(report),
    ...performanceBlocks(report),
    ...computationalBlocks(report),
    paragraph(budgetSentence(report)),
  ]
  return actionSummary(blocks)
}
