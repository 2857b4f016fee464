import type { MetricChange } from '@mlwright/domain'
import { markdownTable } from './markdown-table.ts'
import type { ReleaseFacts } from './release-facts.ts'
import type { Writing } from './writing.ts'

type Judged = Pick<ReleaseFacts, 'evaluation' | 'comparison' | 'champion' | 'version'>

/** Names of the metrics, the primary one first. */
export function metricNames({ evaluation: { primary, metrics } }: Judged): string[] {
  const names = Object.keys(metrics)
  return [...names.filter((name) => name === primary), ...names.filter((name) => name !== primary)]
}

/** What stands over the champion's column. */
export const championName = ({ champion, comparison }: Judged): string => champion ?? (comparison ? 'baseline' : '')

function changeText(change: MetricChange | undefined, writing: Writing): string {
  if (change?.change == null) return 'not comparable'
  const text = writing.fmtChange(change.change, change.candidate ?? change.change)
  if (change.change === 0) return text
  return change.noise ? `${text} within noise` : `**${text}** ${change.better ? 'better' : 'worse'}`
}

function changeCells(change: MetricChange | undefined, writing: Writing): string[] {
  const scale = change?.candidate ?? null
  return [
    writing.fmtNumber(change?.baseline ?? null),
    changeText(change, writing),
    writing.fmtInterval(change?.low ?? null, change?.high ?? null, { signed: true, scale }),
  ]
}

/** The metrics with their intervals, and against the champion where there is one. */
export function metricTable(judged: Judged, writing: Writing): string {
  const { evaluation, comparison, version } = judged
  const gated = (name: string) =>
    [...evaluation.gates, ...(comparison?.gates ?? [])].filter((gate) => gate.metric === name)
  const gates = (name: string) =>
    [...new Set(gated(name).map((gate) => `${gate.verdict}: ${gate.rule.replace('_', ' ')} ${gate.limit}`))].join(', ')
  const versus = comparison
    ? [championName(judged), 'change', `${writing.fmtLevel(comparison.level)} interval of the change`]
    : []
  return markdownTable(
    ['metric', version, `${writing.fmtLevel(evaluation.level)} interval`, ...versus, 'gate'],
    comparison ? 'lrrrrrl' : 'lrrl',
    metricNames(judged).map((name) => {
      const { value, low, high } = evaluation.metrics[name]!
      return [
        writing.code(name),
        name === evaluation.primary ? `**${writing.fmtNumber(value)}**` : writing.fmtNumber(value),
        writing.fmtInterval(low, high),
        ...(comparison ? changeCells(comparison.metrics[name], writing) : []),
        gates(name),
      ]
    }),
  )
}

/** The primary metric in every slice, with the champion's change; empty where nothing is sliced. */
export function sliceTable(judged: Judged, writing: Writing): string {
  const { evaluation, comparison, version } = judged
  const { primary } = evaluation
  if (evaluation.slices.length === 0) return ''
  const key = (slice: { column: string; value: string | null }) => JSON.stringify([slice.column, slice.value])
  const compared = new Map(comparison?.slices.map((slice) => [key(slice), slice.primary]))
  const versus = comparison
    ? [championName(judged), 'change', `${writing.fmtLevel(comparison.level)} interval of the change`]
    : []
  return markdownTable(
    [
      'slice',
      'rows',
      `${writing.code(primary)} of ${version}`,
      `${writing.fmtLevel(evaluation.level)} interval`,
      ...versus,
    ],
    comparison ? 'lrrrrrr' : 'lrrr',
    evaluation.slices.map((slice) => {
      const measured = slice.metrics[primary]
      return [
        `${writing.code(slice.column, 60)} = ${writing.code(slice.value, 60)}`,
        writing.fmtCount(slice.rows),
        writing.fmtNumber(measured?.value ?? null),
        writing.fmtInterval(measured?.low ?? null, measured?.high ?? null),
        ...(comparison ? changeCells(compared.get(key(slice)), writing) : []),
      ]
    }),
  )
}
