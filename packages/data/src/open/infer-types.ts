import type { ColumnType, Engine } from '@mlwright/domain'
import { shortRows } from '../sql/short-rows.ts'
import { kindOf, parseSql, textSql } from './column-types.ts'
import type { RawColumn } from './raw-table.ts'

/** What one scan says of a column. */
export interface InferredColumn {
  readonly raw: RawColumn
  readonly type: ColumnType
  /** Every number is an integer that 64 bits hold. */
  readonly whole: boolean
  readonly present: number
  /** Values that are not of the declared type, and numbers that are infinite. */
  readonly mistyped: number
  readonly infinite: number
}

const integerType = /INT/

/** Aggregates in a fixed order per column; a text column without a declared type is tried as everything. */
function aggregates(column: RawColumn, declared: ColumnType | undefined): string[] {
  const text = textSql(column)
  const number = parseSql(text, 'number')
  const kind = column.type === null ? null : kindOf(column.type)
  const float = column.type === 'FLOAT' || column.type === 'DOUBLE'
  if (kind !== null && (declared === undefined || declared === kind))
    return ['0', '0', '0', '0', '0', float ? `count(*) FILTER (isinf(${column.sql}))` : '0']
  const tries = (type: ColumnType) => declared === undefined || declared === type
  return [
    `count(${text})`,
    tries('number') ? `count(${number})` : '0',
    tries('number') ? `count(*) FILTER (CAST(TRY_CAST(${text} AS BIGINT) AS VARCHAR) = ${text})` : '0',
    declared === 'boolean'
      ? `count(${parseSql(text, 'boolean')})`
      : declared === undefined
        ? `count(*) FILTER (lower(${text}) IN ('true', 'false'))`
        : '0',
    tries('date') ? `count(${parseSql(text, 'date')})` : '0',
    tries('number') ? `count(*) FILTER (isinf(${number}))` : '0',
  ]
}

/** Decides every column's type from the whole data in one scan, and counts the rows. */
export async function inferTypes(
  engine: Engine,
  from: string,
  columns: readonly RawColumn[],
  declared: ReadonlyMap<string, ColumnType>,
): Promise<{ rows: number; columns: InferredColumn[] }> {
  const parts = columns.flatMap((column) => aggregates(column, declared.get(column.name)))
  const aliased = ['count(*)', ...parts].map((part, index) => `${part} AS a${index}`)
  const counts = (await shortRows(engine, `SELECT ${aliased.join(', ')} FROM ${from}`))[0] as number[]
  const inferred = columns.map((raw, index): InferredColumn => {
    const [present, number, whole, boolean, date, infinite] = counts.slice(1 + index * 6, 7 + index * 6) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const wanted = declared.get(raw.name)
    const kind = raw.type === null ? null : kindOf(raw.type)
    if (kind !== null && (wanted === undefined || wanted === kind))
      return { raw, type: kind, whole: integerType.test(raw.type!), present, mistyped: 0, infinite }
    const parsed = { number, boolean, date, string: kind === null ? present : 0 }
    const all = (count: number) => count === present
    const type = wanted ?? (all(number) ? 'number' : all(boolean) ? 'boolean' : all(date) ? 'date' : 'string')
    return {
      raw,
      type,
      whole: type === 'number' && all(whole) && present > 0,
      present,
      mistyped: present - parsed[type],
      infinite: type === 'number' ? infinite : 0,
    }
  })
  return { rows: counts[0]!, columns: inferred }
}
