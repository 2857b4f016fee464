import type { Finding, Location } from '@mlwright/domain'

/** A column as the file has it. */
export interface RawColumn {
  readonly name: string
  /** SQL that yields it, in a query over `RawTable.from`. */
  readonly sql: string
  /** DuckDB's type; null where the file holds text whose meaning is still open. */
  readonly type: string | null
}

/** A place in the data: the row counts from 1 over all files. */
export type RowLocation = (row: number) => Promise<Location | null>

/** The files as they are, before anything is said of types. */
export interface RawTable {
  /** SQL after FROM, with the rows in file order; null where nothing can be read. */
  readonly from: string | null
  readonly columns: readonly RawColumn[]
  readonly findings: readonly Finding[]
  readonly locate: RowLocation
  /** What can still be read after a scan has failed; its findings say why. */
  recover(error: Error): Promise<RawTable>
}

/** A finding about the files themselves. */
export function fileFinding(
  rule: string,
  message: string,
  location: Location | null,
  more: Partial<Finding> = {},
): Finding {
  return { rule, level: 'fail', column: null, message, location, count: null, share: null, examples: [], ...more }
}

/** A table that cannot be read at all. */
export function unreadable(findings: readonly Finding[]): RawTable {
  const table: RawTable = { from: null, columns: [], findings, locate: async () => null, recover: async () => table }
  return table
}
