import type { ColumnType } from '@mlwright/domain'
import type { RawColumn } from './raw-table.ts'

/** What one scan says of a column. */
export interface InferredColumn {
  readonly raw: RawColumn
  readonly type: ColumnType
  /** Every number is an integer that 64 bits hold. */
  readonly whole: boolean
  /** Values that are not of the declared type. */
  readonly mistyped: number
  /** Numbers that are infinite, and those that are infinite or NaN. */
  readonly infinite: number
  readonly notFinite: number
}
