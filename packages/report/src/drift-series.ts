import type { DriftReport } from '@mlwright/domain'
import { alertedChunks } from './sections/performance.ts'

/** A place in a model's monitoring history; the id begins with its UTC time, `20261125T043000Z`. */
export interface DriftPoint {
  readonly id: string
  readonly report: DriftReport
}

/** Whether somebody has to hear of it: drift, data that cannot be compared, or a performance that has dropped. */
export const rings = (report: DriftReport): boolean => report.verdict === 'fail' || alertedChunks(report) > 0

/** The newest points, oldest first, that `drifted` holds for without a break up to the last; empty where it is not one. */
export function unbroken(points: readonly DriftPoint[], drifted: (report: DriftReport) => boolean): DriftPoint[] {
  const last = points.findLastIndex(({ report }) => !drifted(report))
  return points.slice(last + 1)
}

/** The day of a point: `2026-11-25`. */
export const dayOf = ({ id }: Pick<DriftPoint, 'id'>): string => `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}`
