/** Ranks from 1; tied values share the mean of their ranks. scipy: rankdata. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const order = Int32Array.from(values, (_, row) => row).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(order.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2
    start = end
  }
  return ranks
}
