import type { Column, Predictions } from '@mlwright/domain'

/** Values of a column that are judged one by one, at most; the most frequent ones. */
const mostSlices = 20

export interface Slice {
  readonly column: string
  readonly value: string | null
  readonly rows: number[]
}

function textOf(column: Column, row: number): string | null {
  if (column.type === 'string') return column.dictionary[column.codes[row]!] ?? null
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  if (column.type === 'boolean') return String(value === 1)
  return column.type === 'date' ? new Date(value * 86_400_000).toISOString().slice(0, 10) : String(value)
}

/** The rows of each value of some columns, the most frequent values first. */
export function slicesOf(predictions: Predictions, columns: readonly string[]): Slice[] {
  return columns.flatMap((name) => {
    const column = predictions.columns.get(name)
    if (!column) return []
    const groups = new Map<string | null, number[]>()
    for (let row = 0; row < predictions.labels.length; row++) {
      const value = textOf(column, row)
      const group = groups.get(value)
      if (group) group.push(row)
      else groups.set(value, [row])
    }
    const sorted = [...groups].sort(([a, x], [b, y]) => y.length - x.length || String(a).localeCompare(String(b), 'en'))
    return sorted.slice(0, mostSlices).map(([value, rows]) => ({ column: name, value, rows }))
  })
}
