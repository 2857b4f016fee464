import type { DriftReport } from '@mlwright/domain'

/** A place in a model's monitoring history; the id begins with its UTC time, `20261125T043000Z`. */
export interface DriftPoint {
  readonly id: string
  readonly report: DriftReport
}

/** The newest points, oldest first, that `drifted` holds for without a break up to the last; empty where it is not one. */
export function unbroken(points: readonly DriftPoint[], drifted: (report: DriftReport) => boolean): DriftPoint[] {
  const last = points.findLastIndex(({ report }) => !drifted(report))
  return points.slice(last + 1)
}

/** The day of a point: `2026-11-25`. */
export const dayOf = ({ id }: Pick<DriftPoint, 'id'>): string => `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}`
