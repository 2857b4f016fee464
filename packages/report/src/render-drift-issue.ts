import type { DriftReport } from '@mlwright/domain'
import { type Block, paragraph } from './block.ts'
import { code } from './code.ts'
import { type DriftPoint, dayOf, rings, unbroken } from './drift-series.ts'
import { characters, fitSize } from './fit-size.ts'
import { link } from './link.ts'
import { toMarkdown } from './markdown.ts'
import { plural } from './numbers.ts'
import { brokenLimits } from './sections/computational.ts'
import { began, driftEvidence, driftedColumns, headline } from './sections/drift-evidence.ts'
import { driftedTogether } from './sections/multivariate.ts'
import { alertedChunks } from './sections/performance.ts'

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

/** What the issue is about, the most telling of it. */
function topic(report: DriftReport): string {
  const drifts = driftedColumns(report).length > 0 || driftedTogether(report)
  if (!drifts && alertedChunks(report) > 0) return 'Performance drop'
  const unusable = report.findings.some(({ level }) => level === 'fail')
  return !drifts && !unusable && brokenLimits(report).length > 0 ? 'Limits exceeded' : 'Data drift'
}

/** The issue about a model's drift: which columns, how much, how sure, since when, and what the performance is. */
export function renderDriftIssue({ model, points, thisYear, runUrl }: DriftIssueInput): DriftIssue {
  const last = points.at(-1)!
  const { report } = last
  const series = unbroken(points, rings)
  const blocks: Block[] = [
    paragraph([driftMarker(model), sinceLine((series[0] ?? last).id), headline(report, series, points)].join('\n')),
    ...driftEvidence(points, thisYear),
    paragraph(
      `${link('The last run', runUrl)} looked on ${dayOf(last)}. This issue is kept up to date, and closed when the data no longer drifts. Columns that rise by themselves belong into ${code(`models.${model}.monitor.ignore`)}.`,
    ),
  ]
  const room = { limit: 65_000, measure: characters, elsewhere: 'the records branch' }
  return {
    title: `${topic(report)}: ${model}`,
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
