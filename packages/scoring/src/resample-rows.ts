import type { Resampling } from '@mlwright/stats'

/** The same resampling for some of the rows: groups stay together, and time keeps its order. */
export function resampleRows(resampling: Resampling, rows: ArrayLike<number>): Resampling {
  if (resampling.kind === 'group')
    return { kind: 'group', codes: Int32Array.from(rows, (row) => resampling.codes[row]!) }
  if (resampling.kind === 'row') return resampling
  const position = new Map(Array.from(rows, (row, i) => [row, i]))
  return {
    kind: 'block',
    order: Int32Array.from(Array.from(resampling.order).flatMap((row) => position.get(row) ?? [])),
  }
}
