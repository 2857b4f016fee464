/**
 * The rising function of x that is nearest to y in squares (pool adjacent violators), linear between its knots and flat
 * beyond them. scikit-learn: IsotonicRegression(out_of_bounds='clip').
 */
export function isotonicRegression(x: ArrayLike<number>, y: ArrayLike<number>): (x: number) => number {
  const order = Int32Array.from(x, (_, i) => i).sort((a, b) => x[a]! - x[b]!)
  const blocks: { from: number; to: number; mean: number; weight: number }[] = []
  for (let start = 0; start < order.length; ) {
    const value = x[order[start]!]!
    let end = start
    let sum = 0
    while (end < order.length && x[order[end]!] === value) sum += y[order[end++]!]!
    let block = { from: value, to: value, mean: sum / (end - start), weight: end - start }
    for (let last = blocks.at(-1); last && last.mean >= block.mean; last = blocks.at(-1)) {
      const weight = last.weight + block.weight
      const mean = (last.mean * last.weight + block.mean * block.weight) / weight
      block = { from: last.from, to: block.to, mean, weight }
      blocks.pop()
    }
    blocks.push(block)
    start = end
  }
  return (at) => {
    let low = 0
    let high = blocks.length - 1
    // The last block that begins at or before the place.
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (blocks[middle]!.from <= at) low = middle
      else high = middle - 1
    }
    const block = blocks[low]
    const next = blocks[low + 1]
    if (block === undefined) return Number.NaN
    if (at <= block.to || next === undefined) return block.mean
    return block.mean + ((at - block.to) / (next.from - block.to)) * (next.mean - block.mean)
  }
}
