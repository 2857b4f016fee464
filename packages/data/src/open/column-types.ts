import type { ColumnType } from '@mlwright/domain'
import type { RawColumn } from './raw-table.ts'

/** The kind of a DuckDB type; what has no kind of its own is text. */
export function kindOf(type: string): ColumnType {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UINTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return 'number'
  if (type === 'BOOLEAN') return 'boolean'
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return 'date'
  return 'string'
}

/** The text of a column; empty text is missing. */
export function textSql(column: RawColumn): string {
  return column.type === null || column.type === 'VARCHAR'
    ? `nullif(${column.sql}, '')`
    : `nullif(CAST(${column.sql} AS VARCHAR), '')`
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
export function typedSql(column: RawColumn, type: ColumnType, whole: boolean): string {
  if (column.type !== null && kindOf(column.type) === type) {
    if (type === 'string') return textSql(column)
    const float = column.type === 'FLOAT' || column.type === 'DOUBLE'
    return float ? `CASE WHEN isfinite(${column.sql}) THEN ${column.sql} END` : column.sql
  }
  const parsed = parseSql(textSql(column), type, whole)
  if (type !== 'number' || whole) return parsed
  return `CASE WHEN isfinite(${parsed}) THEN ${parsed} END`
}
