import type { Column, Model, Predictions, Split } from '@mlwright/domain'
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

/** The column whose rows resampling keeps together, and how. */
function together(split: Split): { readonly kind: 'group' | 'block'; readonly column: string } | null {
  if (split.method === 'group') return { kind: 'group', column: split.column }
  if (split.method === 'time') return { kind: 'block', column: split.column }
  if (split.method !== 'column') return null
  if (split.group !== undefined) return { kind: 'group', column: split.group }
  return split.order === undefined ? null : { kind: 'block', column: split.order }
}

/** What resampling keeps together: rows of a group, or blocks in the order of time. */
export function resamplingOf(model: Model, predictions: Predictions): Resampling {
  const kept = together(model.split)
  const column = kept && predictions.columns.get(kept.column)
  if (!column) return { kind: 'row' }
  return kept.kind === 'group' ? { kind: 'group', codes: codesOf(column) } : { kind: 'block', order: orderOf(column) }
}

/** Columns that have to travel with the predictions: slices, and what resampling keeps together. */
export function keptColumns(model: Model, slices: readonly string[]): string[] {
  const kept = together(model.split)
  return [...new Set([...slices, ...(kept ? [kept.column] : [])])]
}
