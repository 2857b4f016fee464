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
  /** One for each point of the history; null where it had no such column. */
  readonly points: readonly (ColumnPoint | null)[]
}

/** Effects are shares; a record that says more than this says nothing. */
const largestEffect = 1e6

function largest({ effects }: ColumnDrift): ColumnPoint['effect'] {
  const known = Object.entries(effects).flatMap(([name, { threshold, value }]) =>
    value !== null && Math.abs(value) <= largestEffect && threshold > 0 && threshold <= largestEffect
      ? [{ name, value, threshold, share: Math.min(value / threshold, Number.MAX_VALUE) }]
      : [],
  )
  return known.sort((a, b) => b.share - a.share)[0] ?? null
}

/** Every column along the history, those that have drifted most often first. */
export function columnTrends(history: readonly DriftPoint[]): ColumnTrend[] {
  const names = [...new Set(history.flatMap(({ report }) => Object.keys(report.columns)))]
  const trends = names.map((column) => ({
    column,
    points: history.map(({ at, report }) => {
      const found = Object.hasOwn(report.columns, column) ? report.columns[column]! : null
      return found && { at, drifted: found.drifted, effect: largest(found) }
    }),
  }))
  const alarms = ({ points }: ColumnTrend) => points.filter((point) => point?.drifted).length
  return trends.sort((a, b) => alarms(b) - alarms(a))
}
