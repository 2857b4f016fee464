import { UserError } from '@mlwright/domain'
import type { MlflowVersion } from './mlflow-source.ts'

/** An object that somebody else wrote. */
export type MlflowRecord = Readonly<Record<string, unknown>>

/** The value as an object. Throws `UserError` RECORD_INVALID where it is none; `where` says what was read. */
export function mlflowRecord(value: unknown, where: string): MlflowRecord {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as MlflowRecord
  throw new UserError('RECORD_INVALID', `${where} is not what MLflow writes; name a folder mlruns or an MLflow server.`)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A whole number, also where JSON has it as text. Throws `UserError` RECORD_INVALID for anything else. */
export function mlflowNumber(value: unknown, where: string): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number
  throw new UserError('RECORD_INVALID', `${where} has ${JSON.stringify(value)} where MLflow writes a whole number.`)
}

/** A version as MLflow's files and its server describe it. */
export function mlflowVersion(record: MlflowRecord, where: string): MlflowVersion {
  const seconds = (key: string) => Math.floor(mlflowNumber(record[key] ?? 0, where) / 1000)
  const stage = text(record.current_stage)
  return {
    version: mlflowNumber(record.version, where),
    at: seconds('creation_timestamp'),
    changed: seconds('last_updated_timestamp'),
    stage: stage === '' || stage === 'None' ? null : stage,
    ready: (record.status ?? 'READY') === 'READY',
    run: text(record.run_id) || null,
    source: text(record.source),
    description: text(record.description),
  }
}
