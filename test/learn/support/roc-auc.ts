/** Area under the ROC curve by ranks; ties count half. */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Array.from(labels, (_, index) => index).sort((a, b) => scores[a]! - scores[b]!)
  let ranks = 0
  let positives = 0
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++
    for (let i = start; i < end; i++) {
      if (labels[order[i]!] !== 1) continue
      ranks += (start + end + 1) / 2
      positives++
    }
    start = end
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives))
}
