import type { Column, Model, Predictions } from '@mlwright/domain'
import type { Resampling } from '@mlwright/scoring'

/** Numbers that order or group the rows of a column; equal values get equal numbers. */
function codesOf(column: Column): Int32Array {
  if (column.type === 'string') return column.codes
  const seen = new Map<number, number>()
  return Int32Array.from(column.values, (value) => {
    const code = seen.get(value) ?? seen.size
    seen.set(value, code)
    return code
  })
}

function orderOf(column: Column): Int32Array {
  const rank: (row: number) => number | string =
    column.type === 'string' ? (row) => column.dictionary[column.codes[row]!] ?? '' : (row) => column.values[row]!
  const rows = Int32Array.from(
    { length: column.type === 'string' ? column.codes.length : column.values.length },
    (_, row) => row,
  )
  return rows.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a - b))
}

/** What resampling keeps together: rows of a group, or blocks in the order of time. */
export function resamplingOf(model: Model, predictions: Predictions): Resampling {
  const { split } = model
  const column = split.method === 'random' ? undefined : predictions.columns.get(split.column)
  if (column && split.method === 'group') return { kind: 'group', codes: codesOf(column) }
  if (column && split.method === 'time') return { kind: 'block', order: orderOf(column) }
  return { kind: 'row' }
}

/** Columns that have to travel with the predictions: slices, and what resampling keeps together. */
export function keptColumns(model: Model, slices: readonly string[]): string[] {
  const { split } = model
  const together = split.method === 'group' || split.method === 'time' ? [split.column] : []
  return [...new Set([...slices, ...together])]
}
