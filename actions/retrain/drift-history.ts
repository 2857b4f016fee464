import type { Retraining } from '@mlwright/domain'
import type { DriftPoint } from '@mlwright/report'
import { type Records, recordText } from '@mlwright/tracking'

/** The monitoring history up to the reason of a retraining. */
export interface DriftHistory {
  /** The newest points, oldest first. */
  readonly points: readonly DriftPoint[]
  /** Points of the last one's calendar year. */
  readonly thisYear: number
}

/** Half a year of weeks. */
const lookBack = 26

/** Reads the history that a retraining follows from; a report that was given stands at its end. */
export async function readHistory(records: Records, { model, point, report }: Retraining): Promise<DriftHistory> {
  const { found } = await records.monitoring(model, lookBack)
  const text = recordText(report)
  const at = found.findLastIndex((other) => (point === null ? recordText(other.report) === text : other.id === point))
  const points: DriftPoint[] =
    at < 0 ? [...found, { id: found.at(-1)?.id ?? '00000000T000000Z', report }] : found.slice(0, at + 1)
  const year = points.at(-1)!.id.slice(0, 4)
  const ids = await records.monitoringIds(model)
  return { points, thisYear: ids.filter((id) => id.slice(0, 4) === year && id <= points.at(-1)!.id).length }
}
