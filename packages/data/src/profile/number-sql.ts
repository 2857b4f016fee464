import type { DatasetColumn } from '@mlwright/domain'
import { quoteName } from '../sql/quote.ts'

/** SQL of a number, or of a date as days since 1970-01-01, as DOUBLE. */
export function numberSql({ name, type }: DatasetColumn): string {
  const column = quoteName(name)
  return type === 'date' ? `epoch(CAST(${column} AS TIMESTAMP)) / 86400` : `CAST(${column} AS DOUBLE)`
}

/** True for columns that are profiled by their numbers. */
export function isNumeric({ type }: DatasetColumn): boolean {
  return type === 'number' || type === 'date'
}
