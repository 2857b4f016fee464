import { assignSplit, readTable, rowKeys } from '@mlwright/data'
import type { Column, Engine, RetrainStrategy, Split } from '@mlwright/domain'
import type { ModelData } from '../common/model-data.ts'
import { rowsOfColumn } from '../common/rows-of-column.ts'
import type { NewRows } from './new-rows.ts'

/** What rows are for: 0 trains, 1 validates, 2 tests, −1 is left out. */
export interface RowParts {
  /** Of the model's data as it is. */
  readonly old: Int8Array
  readonly fresh: Int8Array
}

/** The column that orders rows in time, and the one whose equal values stay together, where the split names them. */
export function splitColumns(split: Split): { readonly order?: string; readonly group?: string } {
  if (split.method === 'time') return { order: split.column }
  if (split.method === 'group') return { group: split.column }
  if (split.method !== 'column') return {}
  return {
    ...(split.order !== undefined && { order: split.order }),
    ...(split.group !== undefined && { group: split.group }),
  }
}

/** Values as texts; a missing one is a group of its own. */
function textsOf(column: Column, side: string): string[] {
  if (column.type === 'string')
    return Array.from(column.codes, (code, row) => (code < 0 ? `-${side}${row}` : `=${column.dictionary[code]}`))
  return Array.from(column.values, (value, row) => (Number.isNaN(value) ? `-${side}${row}` : `=${value}`))
}

/** Parts by position: the last ones test, those before them validate. */
function lastOnes(count: number, test: number, validation: number): Uint8Array {
  const tests = Math.max(1, Math.round(test * count))
  const validations = Math.round(validation * count)
  return Uint8Array.from({ length: count }, (_, at) =>
    at >= count - tests ? 2 : at >= count - tests - validations ? 1 : 0,
  )
}

/** A group that is known stays what it is; of the others the ones that came last test. */
function byGroup(known: ReadonlyMap<string, number>, groups: readonly string[], test: number, validation: number) {
  const first = [...new Set(groups)].filter((group) => !known.has(group))
  const parts = new Map([...known])
  for (const [at, part] of lastOnes(first.length, test, validation).entries()) parts.set(first[at]!, part)
  return Uint8Array.from(groups, (group) => parts.get(group)!)
}

/** What the rows of the model's data are for now. */
export function oldParts(old: ModelData): Int8Array {
  const parts = new Int8Array(old.opened.dataset.rows).fill(-1)
  for (const [part, rows] of [old.train, old.validation, old.test].entries()) for (const row of rows) parts[row] = part
  return parts
}

/**
 * What the new rows are for: the newest share tests every candidate, by the column of time where the split has one, else
 * in file order; groups stay together, and keep the part that they have in the model's data.
 */
export async function newParts(
  engine: Engine,
  split: Split,
  old: ModelData,
  { opened, fresh }: NewRows,
  holdout: number,
): Promise<Int8Array> {
  const { order, group } = splitColumns(split)
  const validation = (old.validation.length / old.opened.dataset.rows) * (1 - holdout)
  const parts = new Int8Array(opened.dataset.rows).fill(-1)
  const name = group ?? order
  const table = name === undefined ? null : await readTable(engine, opened, [name])
  const column = name === undefined ? undefined : table!.columns.get(name)
  let found: Uint8Array
  if (column && group !== undefined) {
    const was = textsOf(old.table.columns.get(group)!, 'old')
    const now = oldParts(old)
    const known = new Map(was.flatMap((text, row) => (now[row]! < 0 ? [] : [[text, now[row]!] as const])))
    found = byGroup(known, textsOf(rowsOfColumn(column, fresh), 'new'), holdout, validation)
  } else if (column && order !== undefined) {
    const by = { method: 'time', column: order, test: holdout, ...(validation > 0 && { validation }) } as const
    found = assignSplit(by, {
      keys: await rowKeys(engine, opened, []),
      strata: null,
      column: rowsOfColumn(column, fresh),
    })
  } else found = lastOnes(fresh.length, holdout, validation)
  for (const [at, row] of fresh.entries()) parts[row] = found[at]!
  return parts
}

/** Positions of a column's values in ascending order; equal ones as they stand. */
function ascending(rows: readonly number[], column: Column | undefined): number[] {
  if (column === undefined) return [...rows]
  const value = (row: number) =>
    column.type === 'string' ? (column.dictionary[column.codes[row]!] ?? '') : column.values[row]!
  return [...rows].sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a - b))
}

const trained = (parts: Int8Array) => Array.from(parts.keys()).filter((row) => parts[row] === 0)
const without = (parts: Int8Array, rows: readonly number[]) => {
  const left = Int8Array.from(parts)
  for (const row of rows) left[row] = -1
  return left
}

/** Which rows a strategy trains on; the test rows are the same for all. */
export function strategyParts(
  strategy: RetrainStrategy,
  { old, fresh }: RowParts,
  window: number,
  order: { readonly old: Column | undefined; readonly fresh: Column | undefined },
): RowParts {
  if (strategy === 'combined') return { old, fresh }
  if (strategy === 'new-only') return { old: old.map((part) => (part === 2 ? part : -1)), fresh }
  const [before, now] = [ascending(trained(old), order.old), ascending(trained(fresh), order.fresh)]
  return {
    old: without(old, before.slice(0, Math.max(0, before.length - Math.max(0, window - now.length)))),
    fresh: without(fresh, now.slice(0, Math.max(0, now.length - window))),
  }
}
