/** Edges of bins of equal width over sorted values. numpy: histogram_bin_edges, given the width of its rule. */
function edges(sorted: Float64Array, width: number): Float64Array {
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  const bins = width > 0 ? Math.ceil((high - low) / width) : 1
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high]
  const step = (to - from) / bins
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : from + i * step))
}

/** Doane's rule (1976), which makes more bins for skewed values. */
export function doaneEdges(sorted: Float64Array): Float64Array {
  const n = sorted.length
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n
  const sd = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
  if (n <= 2 || sd === 0) return edges(sorted, 0)
  const skewness = sorted.reduce((sum, value) => sum + ((value - mean) / sd) ** 3, 0) / n
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)))
  return edges(sorted, (sorted.at(-1)! - sorted[0]!) / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / spread)))
}

/** Counts in [e₀, e₁), [e₁, e₂), …, the last bin closed; values outside are left out. numpy: histogram. */
export function countBetween(sorted: Float64Array, bounds: Float64Array): Float64Array {
  const below = (value: number, inclusive: boolean) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]! < value || (inclusive && sorted[middle] === value)) low = middle + 1
      else high = middle
    }
    return low
  }
  const last = bounds.length - 1
  const ranks = Array.from(bounds, (bound, i) => below(bound, i === last))
  return Float64Array.from({ length: last }, (_, i) => ranks[i + 1]! - ranks[i]!)
}
