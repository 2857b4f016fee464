import type { Finding, Location, ValidationReport } from '@mlwright/domain'
import { type Block, details, list, paragraph } from '../block.ts'
import { code, sentence } from '../code.ts'
import type { Context } from '../context.ts'
import { icon } from '../gates.ts'
import { blobUrl, link } from '../link.ts'
import { fmtCount, fmtPercent, plural } from '../numbers.ts'

function examplesOf(finding: Finding): string {
  if (finding.examples.length === 0) return ''
  const shown = finding.examples.slice(0, 5)
  const rows = shown.map(({ row, value }) => (value === null ? fmtCount(row) : `${fmtCount(row)} (${code(value, 40)})`))
  return `; ${finding.count !== null && finding.count > shown.length ? 'for example ' : ''}${shown.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`
}

/** Where a rule stands, linked in a commit in which it stands there. */
function placeLink({ file, line }: Location, { commit, differing, prefix, repository, tested }: Context): string {
  const path = `${prefix}${file}`
  return link(code(`${file}:${line}`), blobUrl(repository, differing.includes(path) ? tested : commit, path, line))
}

/** A finding on one line: level, column and rule, its sentence, how many rows, which, and where the rule stands. */
export function findingLine(finding: Finding, context: Context): string {
  const about = [finding.column === null ? null : code(finding.column, 60), `rule ${code(finding.rule, 40)}`].filter(
    (part) => part !== null,
  )
  const share = finding.share === null ? '' : ` (${fmtPercent(finding.share)})`
  const count = finding.count === null ? '' : ` ${plural(finding.count, 'row')}${share}${examplesOf(finding)}.`
  const place = finding.location === null ? '' : ` ${placeLink(finding.location, context)}`
  return `${icon[finding.level]} ${about.join(', ')}: ${sentence(finding.message)}.${count}${place}`
}

/** Findings, failures first: the first few in sight, the rest folded. */
export function findingList(findings: readonly Finding[], context: Context, inSight = 5): Block[] {
  const sorted = findings.toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'))
  const lines = sorted.map((finding) => findingLine(finding, context))
  const head = lines.slice(0, inSight)
  const rest = lines.slice(inSight)
  return [
    ...(head.length > 0 ? [list(head)] : []),
    ...(rest.length > 0 ? [details(plural(rest.length, 'more finding'), [list(rest)])] : []),
  ]
}

/** One sentence about a dataset: what was checked, and what came of it. */
export function dataSentence(report: ValidationReport): string {
  const shape = `${plural(report.rows, 'row')} and ${plural(report.columns.length, 'column')}`
  const by = report.contract === null ? 'its file format, for it has no contract' : code(report.contract)
  const result =
    report.failed > 0
      ? report.checks === 0
        ? `${plural(report.failed, 'problem')} found`
        : `${fmtCount(report.failed)} of ${plural(report.checks, 'rule')} ${report.failed === 1 ? 'is' : 'are'} broken`
      : report.findings.length > 0
        ? `${plural(report.findings.length, 'finding')} beside ${plural(report.checks, 'rule')} checked`
        : report.checks === 0
          ? 'nothing is wrong'
          : `all ${plural(report.checks, 'rule')} hold`
  return `${icon[report.verdict]} ${code(report.dataset)} (${shape}), checked against ${by}: ${result}.`
}

/** What the contract asks for and nobody checked, folded. */
function unchecked({ notes }: ValidationReport): Block[] {
  if (notes.length === 0) return []
  const title = `${plural(notes.length, 'part')} of the contract ${notes.length === 1 ? 'is' : 'are'} not checked`
  return [details(title, [list(notes.map((note) => sentence(note)))])]
}

/** What validation found in each dataset. */
export function dataFindings(validations: readonly ValidationReport[], context: Context): Block[] {
  return validations.flatMap((report) => [
    paragraph(`**Data.** ${dataSentence(report)}`),
    ...findingList(report.findings, context),
    ...unchecked(report),
  ])
}

/** Leakage and other warnings about a model. */
export function modelWarnings(findings: readonly Finding[], context: Context): Block[] {
  if (findings.length === 0) return []
  const these = findings.length === 1 ? 'this' : `these ${fmtCount(findings.length)} findings`
  return [
    paragraph(`**Warnings.** Look at ${these} before you believe the numbers:`),
    ...findingList(findings, context),
  ]
}
