/** Counts as shares of their sum; all NaN where there is nothing. */
export function shares(counts: ArrayLike<number>): Float64Array {
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]!
  return Float64Array.from(counts, (count) => count / total)
}
