import type { BinnedTable } from './binned-table.ts'

/**
 * Sums gradients per bin: the inner loop of training and the only part that looks at every cell. A histogram holds two
 * float64 per bin, the sum of the gradients and the sum of the weights (hessian and row count in one, see `Weights`).
 * Both are whole multiples of a power of two, so every sum is exact and any order of adding gives the same bits.
 */
export interface HistogramKernel {
  /** Overwrites `histogram` with the sums over `rows[from..to)`; `pairs` holds gradient and weight of each row. */
  build(histogram: Float64Array, pairs: Float64Array, rows: Int32Array, from: number, to: number): void
  /** Turns a parent's histogram into that of one child, given the other child's. */
  subtract(histogram: Float64Array, other: Float64Array): void
}

function addGroup(
  histogram: Float64Array,
  words: Int32Array,
  pairs: Float64Array,
  rows: Int32Array,
  from: number,
  to: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  for (let i = from; i < to; i++) {
    const row = rows[i]!
    const word = words[row]!
    const gradient = pairs[2 * row]!
    const weight = pairs[2 * row + 1]!
    const first = a + ((word & 255) << 1)
    histogram[first]! += gradient
    histogram[first + 1]! += weight
    const second = b + ((word >>> 7) & 510)
    histogram[second]! += gradient
    histogram[second + 1]! += weight
    const third = c + ((word >>> 15) & 510)
    histogram[third]! += gradient
    histogram[third + 1]! += weight
    const fourth = d + ((word >>> 23) & 510)
    histogram[fourth]! += gradient
    histogram[fourth + 1]! += weight
  }
}

/** The kernel in plain TypeScript: four columns at a time over packed bins. */
export function histogramKernel(table: BinnedTable): HistogramKernel {
  const { rows: height, columns, words, bins } = table
  const padding = bins - 1
  const groups = Array.from({ length: Math.ceil(columns.length / 4) }, (_, group) => ({
    words: words.subarray(group * height, (group + 1) * height),
    at: [0, 1, 2, 3].map((k) => 2 * (columns[4 * group + k]?.offset ?? padding)) as [number, number, number, number],
  }))
  return {
    build(histogram, pairs, rows, from, to) {
      histogram.fill(0)
      for (const group of groups) addGroup(histogram, group.words, pairs, rows, from, to, ...group.at)
    },
    subtract(histogram, other) {
      for (let i = 0; i < histogram.length; i++) histogram[i]! -= other[i]!
    },
  }
}
