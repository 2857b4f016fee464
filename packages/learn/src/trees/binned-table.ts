import type { EncodedColumn } from '../columns/encoded-column.ts'
import { binEdges } from './bin-edges.ts'

/** How one column's bins read; the bin after the last is missing. */
export interface BinnedColumn {
  readonly kind: 'number' | 'category'
  readonly feature: number
  /** Bins but the missing one, at most 255. */
  readonly bins: number
  /** Numbers: the upper edge of each bin, inclusive; categories: null. */
  readonly edges: Float32Array | null
  /** Position of the column's first bin among those of all columns. */
  readonly offset: number
}

/**
 * Binned rows. Four neighbouring columns share a 32-bit word, the first in its lowest byte: the bins of columns 4g to
 * 4g+3 of row r are `words[g * rows + r]`.
 */
export interface BinnedTable {
  readonly rows: number
  readonly columns: readonly BinnedColumn[]
  readonly words: Int32Array
  /** Bins of all columns together, with one more that takes what pads the last word. */
  readonly bins: number
}

function binsOf(column: EncodedColumn, edges: Float32Array | null): Uint8Array {
  const bins = new Uint8Array(column.kind === 'number' ? column.values.length : column.codes.length)
  if (column.kind === 'category' || edges === null) {
    const { codes, categories } = column as Extract<EncodedColumn, { kind: 'category' }>
    for (let i = 0; i < bins.length; i++) bins[i] = codes[i] === 0 ? categories.length : codes[i]! - 1
    return bins
  }
  const { values } = column
  const missing = edges.length
  for (let i = 0; i < bins.length; i++) {
    const value = values[i]!
    let low = 0
    let high = missing - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (value <= edges[middle]!) high = middle
      else low = middle + 1
    }
    bins[i] = Number.isNaN(value) ? missing : low
  }
  return bins
}

/** Bins every column; edges come from the first `trained` rows. */
export function binTable(
  encoded: readonly EncodedColumn[],
  trained: number,
  options: { readonly bins: number; readonly seed: number },
): BinnedTable {
  const first = encoded[0]!
  const rows = first.kind === 'number' ? first.values.length : first.codes.length
  const words = new Int32Array(Math.ceil(encoded.length / 4) * rows)
  let offset = 0
  const columns = encoded.map((column, index): BinnedColumn => {
    const edges = column.kind === 'number' ? binEdges(column.values, trained, options.bins, options.seed) : null
    const bins = binsOf(column, edges)
    const start = (index >> 2) * rows
    const shift = (index & 3) * 8
    for (let row = 0; row < rows; row++) words[start + row]! |= bins[row]! << shift
    const count = column.kind === 'number' ? edges!.length : column.categories.length
    const binned = { kind: column.kind, feature: column.feature, bins: count, edges, offset }
    offset += count + 1
    return binned
  })
  return { rows, columns, words, bins: offset + 1 }
}

/** The bin of a row in a column. */
export function binAt(table: BinnedTable, column: number, row: number): number {
  return (table.words[(column >> 2) * table.rows + row]! >>> ((column & 3) * 8)) & 255
}
