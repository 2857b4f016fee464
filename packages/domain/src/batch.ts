/**
 * One column of a batch. Missing is NaN in `values` and -1 in `codes`, so that no second structure has to be kept in step.
 * A boolean is 0 or 1; a date is days since 1970-01-01 UTC, with a fraction for the time of day.
 */
export type Column =
  | { readonly type: 'number' | 'boolean' | 'date'; readonly values: Float64Array }
  | { readonly type: 'string'; readonly codes: Int32Array; readonly dictionary: readonly string[] }

/** Some rows, column by column. A whole table is one batch. */
export interface Batch {
  readonly rows: number
  readonly columns: ReadonlyMap<string, Column>
}
