import type { ColumnDrift } from '@mlwright/domain'
import type { DriftPoint } from './dashboard-input.ts'

/** How far a column had moved at one point. */
export interface ColumnPoint {
  readonly at: number
  readonly drifted: boolean
  /** The effect that is largest for its threshold; null where none is known. */
  readonly effect: {
    readonly name: string
    readonly value: number
    readonly threshold: number
    readonly share: number
  } | null
}

export interface ColumnTrend {
  readonly column: string
  /** What else is compared than what the model was asked. */
  readonly role?: 'prediction' | 'label' | 'together'
  /** One for each point of the history; null where it had no such column. */
  readonly points: readonly (ColumnPoint | null)[]
}

/** Effects are shares; a record that says more than this says nothing. */
const largestEffect = 1e6

type Effects = Pick<ColumnDrift, 'drifted' | 'effects'>

function largest({ effects }: Effects): ColumnPoint['effect'] {
  const known = Object.entries(effects).flatMap(([name, { threshold, value }]) =>
    value !== null && Math.abs(value) <= largestEffect && threshold > 0 && threshold <= largestEffect
      ? [{ name, value, threshold, share: Math.min(value / threshold, Number.MAX_VALUE) }]
      : [],
  )
  return known.sort((a, b) => b.share - a.share)[0] ?? null
}

function pointAt(at: number, found: Effects | null | undefined): ColumnPoint | null {
  return found ? { at, drifted: found.drifted, effect: largest(found) } : null
}

/** Every column along the history, those that have drifted most often first; then the columns together. */
export function columnTrends(history: readonly DriftPoint[]): ColumnTrend[] {
  const names = [...new Set(history.flatMap(({ report }) => Object.keys(report.columns)))]
  const trends = names.map((column): ColumnTrend => {
    const all = history.map(({ report }) => (Object.hasOwn(report.columns, column) ? report.columns[column]! : null))
    const role = all.findLast((found) => found !== null)?.role
    return { column, ...(role && { role }), points: all.map((found, at) => pointAt(history[at]!.at, found)) }
  })
  const together = history.map(({ at, report }) => pointAt(at, report.multivariate))
  const alarms = ({ points }: ColumnTrend) => points.filter((point) => point?.drifted).length
  return [
    ...trends.sort((a, b) => alarms(b) - alarms(a)),
    ...(together.some((point) => point !== null)
      ? [{ column: 'the columns together', role: 'together' as const, points: together }]
      : []),
  ]
}
