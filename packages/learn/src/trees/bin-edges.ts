/** Rows from which the edges are estimated; more are sampled. */
const MOST_ROWS = 200_000

function sample(values: Float32Array, rows: number, seed: number): Float32Array {
  if (rows <= MOST_ROWS) return values.slice(0, rows)
  const drawn = new Float32Array(MOST_ROWS)
  const step = rows / MOST_ROWS
  // One row from each stretch of equal length, by a 32-bit mix of seed and stretch (splitmix-style, Steele et al. 2014).
  for (let i = 0; i < MOST_ROWS; i++) {
    let mixed = Math.imul(i + 1, 0x9e3779b9) ^ seed
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    const share = ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296
    drawn[i] = values[Math.min(rows - 1, Math.floor((i + share) * step))]!
  }
  return drawn
}

function between(low: number, high: number): number {
  const middle = Math.fround((low + high) / 2)
  return middle >= low && middle < high ? middle : low
}

/**
 * The upper edge of each bin (inclusive), in float32, at most `bins` of them and the last one infinite: one bin per
 * distinct value where they fit, else about equally many rows in each. Looks at the first `rows` values; NaN is no value.
 */
export function binEdges(values: Float32Array, rows: number, bins: number, seed: number): Float32Array {
  const sorted = sample(values, rows, seed).sort()
  let count = sorted.length
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--
  const edges: number[] = []
  for (let i = 1; i < count && edges.length < bins; i++)
    if (sorted[i]! > sorted[i - 1]!) edges.push(between(sorted[i - 1]!, sorted[i]!))
  if (edges.length >= bins) {
    edges.length = 0
    for (let bin = 1; bin < bins; bin++) {
      const at = Math.floor((bin * count) / bins)
      const edge = between(sorted[at - 1]!, sorted[at]!)
      if (edge < sorted[count - 1]! && (edges.length === 0 || edge > edges[edges.length - 1]!)) edges.push(edge)
    }
  }
  return Float32Array.from([...edges, Infinity])
}
