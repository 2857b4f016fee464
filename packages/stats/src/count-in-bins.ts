import type { Tally } from './tally.ts'

/**
 * How many values of a sample fall into (−∞, e₁], (e₁, e₂], …, (eₖ, ∞).
 * @param edges in rising order; the answer has one count more.
 */
export function countInBins({ values, counts }: Tally, edges: ArrayLike<number>): Float64Array {
  const bins = new Float64Array(edges.length + 1)
  let bin = 0
  for (let i = 0; i < values.length; i++) {
    while (bin < edges.length && values[i]! > edges[bin]!) bin++
    bins[bin]! += counts[i]!
  }
  return bins
}
