import type { MultivariateDrift, Profile } from '@mlwright/domain'
import { missingShare } from '../compare-missing.ts'
import { finite, type JudgedTest } from '../judged-test.ts'
import { correlationChanges, type PairChange } from './correlation-changes.ts'
import { jointMoments } from './joint-moments.ts'
import { reconstruction } from './reconstruction.ts'

/** A column whose share of missing values has moved by more is not compared here: missing values would hide its correlations. */
const missingMoved = 0.05
/** Pairs that the report has room for. */
const shown = 10

/** What the joint sums of two profiles say. */
export interface JointComparison {
  readonly test: JudgedTest
  /** Pairs whose change is sure at a level and large enough to matter, the surest first. */
  readonly changedAt: (alpha: number) => readonly PairChange[]
  readonly pairs: MultivariateDrift['pairs']
  readonly reconstruction: MultivariateDrift['reconstruction']
  readonly rows: { readonly reference: number; readonly current: number }
}

const apart = ({ reference, current }: PairChange) => Math.abs(current - reference)

/**
 * Compares how columns go together, from the joint sums of both profiles, where there are any. The p-value is the
 * smallest of all pairs times their number. Columns that have drifted by themselves are left `out`. Null too where there are too few rows to compare any pair.
 */
export function compareJoint(
  before: Profile,
  now: Profile,
  threshold: number,
  out: ReadonlySet<string> = new Set(),
): JointComparison | null {
  if (!before.joint || !now.joint) return null
  const there = new Map(before.columns.map((column) => [column.name, column]))
  const later = new Map(now.columns.map((column) => [column.name, column]))
  const known = new Set(now.joint.columns.map(({ name }) => name))
  const columns = before.joint.columns.filter(({ name }) => {
    const [a, b] = [there.get(name), later.get(name)]
    if (!a || !b || a.type !== b.type || !known.has(name) || out.has(name)) return false
    return Math.abs(missingShare(a) - missingShare(b)) <= missingMoved
  })
  if (columns.length < 2) return null
  const names = columns.map(({ name }) => name)
  const moments = [jointMoments(before.joint, names), jointMoments(now.joint, names)] as const
  const changes = [...correlationChanges(...moments)].sort((a, b) => a.pValue - b.pValue)
  const matters = (pair: PairChange) => apart(pair) >= threshold
  const surest = changes.find(matters) ?? changes[0]
  if (!surest) return null
  const times = (p: number) => Math.min(1, p * changes.length)
  return {
    test: {
      name: 'correlation',
      test: {
        statistic: finite(surest.statistic),
        p_value: finite(times(surest.pValue)),
        method: 'asymptotic',
      },
      effect: {
        name: 'largest sure change of the rank correlation of two columns',
        value: finite(apart(surest)),
        threshold,
      },
      decides: true,
    },
    changedAt: (alpha) => changes.filter((pair) => times(pair.pValue) <= alpha && matters(pair)),
    pairs: changes.slice(0, shown).map(({ columns, reference, current, pValue }) => ({
      columns: [...columns],
      reference: finite(reference),
      current: finite(current),
      p_value: finite(pValue),
    })),
    reconstruction: reconstruction(...moments),
    rows: { reference: before.joint.rows, current: now.joint.rows },
  }
}
