import type { DriftReport, MultivariateDrift } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { code, sentence } from '../code.ts'
import { icon } from '../gates.ts'
import { fmtCount, fmtNumber, fmtPercent, none, plural } from '../numbers.ts'

/** Whether the columns have drifted together, by the rules that the verdict follows. */
export const driftedTogether = ({ method, multivariate }: DriftReport): boolean =>
  method === 'calibrated' ? (multivariate?.drifted ?? false) : (multivariate?.peer?.drifted ?? false)

function testTable({ tests, effects }: MultivariateDrift): Block[] {
  const rows = Object.entries(tests).map(([name, { p_value, alpha }]) => {
    const { name: effect, value, threshold } = effects[name]!
    return [code(name), code(effect, 80), fmtNumber(value), fmtNumber(threshold), fmtNumber(p_value), fmtNumber(alpha)]
  })
  const head = ['Test', 'Effect', 'Value', 'Matters from', 'p-value', 'Level']
  return rows.length === 0 ? [] : [table(head, 'llrrrr', rows)]
}

function pairTable({ pairs }: MultivariateDrift): Block[] {
  const rows = pairs
    .slice(0, 5)
    .map(({ columns, reference, current, p_value }) => [
      columns.map((name) => code(name, 60)).join(' and '),
      fmtNumber(reference),
      fmtNumber(current),
      fmtNumber(p_value),
    ])
  return rows.length === 0
    ? []
    : [table(['Rank correlation of', 'Reference', 'Now', 'p-value of the pair'], 'lrrr', rows)]
}

function said({ importance, reconstruction, rows, tests }: MultivariateDrift): string {
  const most = importance.slice(0, 5).map(({ column, share }) => `${code(column, 60)} (${fmtPercent(share)})`)
  const drawn = rows.seed === null ? '' : `, drawn with the seed ${rows.seed} where there are more`
  return [
    Object.keys(tests).length === 0
      ? ''
      : `Looked at: ${plural(rows.current, 'row')} against ${fmtCount(rows.reference)}${drawn}.`,
    most.length === 0 ? '' : `The classifier relies on ${most.join(', ')}.`,
    reconstruction === null
      ? ''
      : `${plural(reconstruction.components, 'principal component')} of ${plural(reconstruction.columns, 'column')} ${reconstruction.components === 1 ? 'misses' : 'miss'} ${fmtNumber(reconstruction.current)} standard deviations a row, and ${fmtNumber(reconstruction.reference)} in the reference.`,
  ]
    .filter((text) => text !== '')
    .join(' ')
}

function peerLine({ method, multivariate }: DriftReport): Block[] {
  const peer = multivariate?.peer
  if (!peer) return []
  const scores = peer.scores.filter((score) => score !== null)
  const judged = peer.drifted ? `${icon.fail} drift` : `${icon.pass} no drift`
  const largest = scores.length === 0 ? none : fmtNumber(Math.max(...scores))
  return [
    paragraph(
      `${code(method)} on the columns together: ${code(peer.method)} ${largest} at most, threshold ${fmtNumber(peer.threshold)}: ${judged}.`,
    ),
  ]
}

/** What the columns say together: in sight where they have drifted, else folded. */
export function multivariateBlocks(report: DriftReport): Block[] {
  const { multivariate } = report
  if (!multivariate) return []
  const text = said(multivariate)
  const blocks = [
    ...testTable(multivariate),
    ...pairTable(multivariate),
    ...(text === '' ? [] : [paragraph(text)]),
    ...peerLine(report),
  ]
  if (blocks.length === 0) return []
  if (!multivariate.drifted) return [details('The columns together, without drift', blocks)]
  return [paragraph(`**The columns together**: ${sentence(multivariate.reason)}.`), ...blocks]
}
