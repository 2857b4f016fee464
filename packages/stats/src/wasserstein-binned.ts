/**
 * First Wasserstein distance from counts in (−∞, e₁], (e₁, e₂], …, (eₖ, ∞), in the unit of the edges.
 * @param steps true where all values lie on edges, so that the area is exact; else both distribution functions are taken
 * to rise evenly within a bin, from the smallest value on and up to the largest.
 */
export function wassersteinBinned(
  edges: ArrayLike<number>,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { smallest, largest, steps }: { readonly smallest: number; readonly largest: number; readonly steps: boolean },
): number {
  let totalA = 0
  let totalB = 0
  for (let k = 0; k < a.length; k++) {
    totalA += a[k]!
    totalB += b[k]!
  }
  let area = 0
  let gap = 0
  let belowA = 0
  let belowB = 0
  let left = Math.min(smallest, edges[0] ?? smallest)
  for (let k = 0; k < a.length; k++) {
    const right = k < edges.length ? edges[k]! : Math.max(largest, left)
    belowA += a[k]!
    belowB += b[k]!
    const next = belowA / totalA - belowB / totalB
    const width = right - left
    // A gap that changes sign within a bin makes two triangles.
    if (steps) area += Math.abs(gap) * width
    else if (gap * next >= 0) area += (Math.abs(gap + next) / 2) * width
    else area += ((gap * gap + next * next) / (2 * Math.abs(gap - next))) * width
    gap = next
    left = right
  }
  return area
}
