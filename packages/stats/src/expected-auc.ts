/** Area under the curve of expected rates, from the highest score down; tied scores are decided together. */
export function expectedAuc(chances: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!)
  let hits = 0
  let misses = 0
  let area = 0
  for (let start = 0; start < order.length; ) {
    const before = hits
    const score = scores[order[start]!]
    let wrong = 0
    for (; start < order.length && scores[order[start]!] === score; start++) {
      hits += chances[order[start]!]!
      wrong += 1 - chances[order[start]!]!
    }
    area += (wrong * (before + hits)) / 2
    misses += wrong
  }
  return area / (hits * misses)
}
