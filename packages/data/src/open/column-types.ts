import type { ColumnType } from '@mlwright/domain'
import type { InferredColumn } from './inferred-column.ts'
import type { RawColumn } from './raw-table.ts'

/** The kind of a DuckDB type; what has no kind of its own is text. */
export function kindOf(type: string): ColumnType {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UINTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return 'number'
  if (type === 'BOOLEAN') return 'boolean'
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return 'date'
  return 'string'
}

/** The text of a column; empty text is missing (CSV is read that way already). */
export function textSql(column: RawColumn): string {
  if (column.type === null) return column.sql
  return `nullif(${column.type === 'VARCHAR' ? column.sql : `CAST(${column.sql} AS VARCHAR)`}, '')`
}

/** SQL that reads a column's text as another kind, and is missing where that fails. */
export function parseSql(text: string, type: ColumnType, whole = false): string {
  switch (type) {
    case 'number':
      return `TRY_CAST(${text} AS ${whole ? 'BIGINT' : 'DOUBLE'})`
    case 'boolean':
      return `TRY_CAST(${text} AS BOOLEAN)`
    case 'date':
      return `CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`
    case 'string':
      return text
  }
}

/** SQL of a column with its final type; infinities and NaN are missing. */
export function typedSql({ raw, type, whole, notFinite }: InferredColumn): string {
  const own = raw.type !== null && kindOf(raw.type) === type
  const sql = own && type !== 'string' ? raw.sql : parseSql(textSql(raw), type, whole)
  return notFinite > 0 ? `CASE WHEN isfinite(${sql}) THEN ${sql} END` : sql
}
