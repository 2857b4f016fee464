import type { Column } from '@mlwright/domain'

export const train = 0
export const validation = 1
export const test = 2

export interface SplitInput {
  /** One key per row, no two alike. */
  readonly keys: readonly string[]
  /** The stratum of each row; null for none. */
  readonly strata: Int32Array | null
  /** The column that `time`, `group` and `column` name. */
  readonly column: Column | null
}
