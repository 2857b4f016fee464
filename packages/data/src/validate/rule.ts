import type { ColumnType, Finding, Location } from '@mlwright/domain'
import type { RuleValue } from '../contract/threshold.ts'

/** A data column as a rule's SQL sees it. */
export interface RuleColumn {
  readonly name: string
  /** The quoted name. */
  readonly sql: string
  readonly type: ColumnType
  /** Every value is an exact integer. */
  readonly whole: boolean
}

/** A rule that does not hold: why, and over how many of the rows. */
export interface Breach {
  readonly message: string
  readonly count?: number
  readonly level?: Finding['level']
}

export interface Duplicates {
  /** Distinct values, missing counting as one, that more than one row has. */
  readonly values: number
  /** Rows that have one of them. */
  readonly rows: number
  /** Rows in which the key is complete and that come after another one of the same key. */
  readonly repeats: number
}

/**
 * How a rule is measured. All scalars of a dataset are aggregates of one scan; `offending` is the SQL condition of a
 * row that breaks the rule, for examples. Rows are counted by `count_if`, which the file's statistics can answer, and
 * not by FILTER, which they cannot.
 */
export type Test =
  | { kind: 'scalar'; aggregate: string; offending?: string; judge(value: number | null, rows: number): Breach | null }
  | { kind: 'duplicates'; key: readonly string[]; judge(found: Duplicates, rows: number): Breach | null }
  | { kind: 'quantile'; column: string; share: number; judge(value: number | null): Breach | null }
  | { kind: 'query'; query: string; judge(value: RuleValue, rows: number): Breach | null }
  | { kind: 'impossible'; message: string }
  | { kind: 'holds' }

/** One thing that a contract asks for. */
export interface Rule {
  /** In kebab-case, such as `not-null`. */
  readonly rule: string
  readonly level: Finding['level']
  /** The data columns that it is about; none for the whole dataset. */
  readonly columns: readonly string[]
  /** Where it stands in the contract. */
  readonly location: Location
  /** How to measure it on columns in the order of `columns`. */
  test(columns: readonly RuleColumn[]): Test
}
