import { DriftReport, type Ports, UserError } from '@mlwright/domain'
import { alertedChunks, driftedColumns, driftedTogether, rings } from '@mlwright/report'
import { type Records, readRecord } from '@mlwright/tracking'
import { monitoredPath } from '../monitor/monitor-models.ts'
import type { RetrainInputs } from './settings.ts'

/** Why a model may have to be trained again. */
export interface Reason {
  /** The point of the monitoring history; null for a report that was given. */
  readonly point: string | null
  readonly report: DriftReport
}

/** The report that is given, or that monitoring has just left here, else the newest point of the model's monitoring history; null where there is none. */
export async function readReason(
  { files }: Pick<Ports, 'files'>,
  records: Records,
  model: string,
  { reason: path, found = false }: Pick<RetrainInputs, 'reason' | 'found'>,
): Promise<Reason | null> {
  const from = path ?? (found ? monitoredPath(model) : undefined)
  const bytes = from === undefined ? null : await files.read(from)
  if (from !== undefined && bytes) return { point: null, report: readRecord(DriftReport, bytes, from) }
  if (path !== undefined)
    throw new UserError(
      'FILE_MISSING',
      `There is no drift report at ${path}; give the output \`report\` of \`monitor\`.`,
    )
  if (found) return null
  const newest = (await records.monitoring(model, 1)).found.at(-1)
  return newest ? { point: newest.id, report: newest.report } : null
}

/** `drift` where another training may help, `clear` where nothing is wrong, `unusable` where the data itself has to be mended first. */
export function kindOfReason(report: DriftReport): 'drift' | 'clear' | 'unusable' {
  if (driftedColumns(report).length > 0 || driftedTogether(report) || alertedChunks(report) > 0) return 'drift'
  return rings(report) ? 'unusable' : 'clear'
}
