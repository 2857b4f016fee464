import { type DriftReport, type Ports, UserError } from '@mlwright/domain'
import { type MonitoringPoint, Records, recordPaths, recordsBranch, recordText, runId } from '@mlwright/tracking'
import { budgetFile, lookOf } from './budget-state.ts'

/** Reports that are larger would fill the branch. */
const largestReport = 4 * 2 ** 20
/** How far back a history is read: half a year of weeks. */
const lookBack = 26

export interface SavedHistory {
  /** The newest points, oldest first; the last one is this run's. */
  readonly points: readonly MonitoringPoint[]
  /** Points of the last point's calendar year. */
  readonly thisYear: number
}

/** Writes a report into a model's monitoring history on the records branch, and what it has spent of the year's budget; a workflow run that runs again replaces its point. */
export async function savePoint(
  ports: Pick<Ports, 'refs' | 'event' | 'clock'>,
  model: string,
  report: DriftReport,
): Promise<SavedHistory> {
  const { refs, event, clock } = ports
  const records = new Records(refs)
  const text = recordText(report)
  if (text.length > largestReport)
    throw new UserError(
      'RECORD_INVALID',
      `The drift report of ${model} has ${Math.ceil(text.length / 2 ** 20)} MiB, too much for the records; leave columns out with \`ignore\`.`,
    )
  const made = runId(clock.now(), lookOf(event, report))
  const ids = await records.monitoringIds(model)
  const earlier = event.run === null ? undefined : ids.find((id) => id.slice(16) === made.slice(16))
  const id = earlier ?? made
  const path = `${recordPaths.monitoring(model)}/${id}.json`
  const point: [string, Uint8Array] = [path, new TextEncoder().encode(text)]
  const files = new Map([point, await budgetFile(ports, model, report)])
  await refs.commit(recordsBranch, `Monitor ${model} ${id}`, files)
  const { found } = await records.monitoring(model, lookBack)
  const points = [...found.filter((point) => point.id < id), { id, report }]
  const all = new Set([...ids, id])
  return { points, thisYear: [...all].filter((other) => other.slice(0, 4) === id.slice(0, 4) && other <= id).length }
}
