/** Cells of two samples that stand together: `cells[i]` is the pooled cell of cell i. */
export interface PooledCells {
  readonly a: Float64Array
  readonly b: Float64Array
}

interface Options {
  /** Smallest count that either sample is expected to have in a cell. */
  readonly expected: number
  /** Most cells that are wanted (default: no limit). */
  readonly most?: number
}

/**
 * Pools neighbouring cells, from left to right, until both samples can be expected to have enough in each. What goes
 * together follows from the sums of both samples alone, so that a test on the result keeps its level.
 */
export function poolNeighbours(a: ArrayLike<number>, b: ArrayLike<number>, options: Options): PooledCells {
  const totals = { a: 0, b: 0 }
  for (let k = 0; k < a.length; k++) {
    totals.a += a[k]!
    totals.b += b[k]!
  }
  const total = totals.a + totals.b
  const share = Math.max(options.expected / Math.min(totals.a, totals.b), 1 / (options.most ?? Infinity))
  const pooledA: number[] = []
  const pooledB: number[] = []
  let hereA = 0
  let hereB = 0
  let left = total
  for (let k = 0; k < a.length; k++) {
    hereA += a[k]!
    hereB += b[k]!
    left -= a[k]! + b[k]!
    // A rest that could not stand by itself joins the last cell.
    if ((hereA + hereB) / total < share || (left > 0 && left / total < share)) continue
    pooledA.push(hereA)
    pooledB.push(hereB)
    hereA = 0
    hereB = 0
  }
  if (hereA + hereB > 0) {
    pooledA.push(hereA)
    pooledB.push(hereB)
  }
  return { a: Float64Array.from(pooledA), b: Float64Array.from(pooledB) }
}

/** Pools the rarest cells, whatever their order, until both samples can be expected to have enough in each. */
export function poolRare(a: ArrayLike<number>, b: ArrayLike<number>, options: Options): PooledCells {
  const order = Int32Array.from(a, (_, k) => k).sort((i, j) => a[i]! + b[i]! - a[j]! - b[j]!)
  return poolNeighbours(
    Float64Array.from(order, (k) => a[k]!),
    Float64Array.from(order, (k) => b[k]!),
    options,
  )
}
