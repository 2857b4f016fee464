import type { ColumnType, Location, RequestRules } from '@mlwright/domain'
import type { Rule } from '../validate/rule.ts'

/** A column as the contract describes it. */
export interface ContractColumn {
  /** The column's name in the data: `physicalName`, else `name`. */
  readonly name: string
  readonly location: Location
  /** Where its type is declared. */
  readonly typeLocation: Location
  readonly classification: string | null
}

/** One schema object of an ODCS document, as rules that can be checked. */
export interface Contract {
  readonly path: string
  /** The schema object's name, and its physical name where it has one: what SQL calls it. */
  readonly names: readonly string[]
  /** Declared types by column, for reading the data. */
  readonly types: ReadonlyMap<string, ColumnType>
  /** Columns of the primary key in the order of `primaryKeyPosition`. */
  readonly primaryKey: readonly string[]
  readonly columns: readonly ContractColumn[]
  readonly rules: readonly Rule[]
  /** The rules that a single row can be held to. */
  readonly request: RequestRules
  /** What the contract says and mlwright does not check, a sentence each. */
  readonly notes: readonly string[]
}
