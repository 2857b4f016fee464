/**
 * A quantile of a histogram whose buckets are cumulative counts by their upper bound: linear inside a bucket, and the
 * largest finite bound for what lies beyond it. Prometheus: histogram_quantile. NaN without observations.
 */
export function histogramQuantile(cumulative: ReadonlyMap<number, number>, quantile: number): number {
  const buckets = [...cumulative].sort(([a], [b]) => a - b)
  const total = buckets.at(-1)?.[1] ?? 0
  if (total === 0) return Number.NaN
  const rank = quantile * total
  const at = buckets.findIndex(([, count]) => count >= rank)
  const [bound, count] = buckets[at]!
  const [lower, below] = at > 0 ? buckets[at - 1]! : [0, 0]
  if (bound === Infinity) return at > 0 ? lower : Number.NaN
  if (at === 0 && bound <= 0) return bound
  return lower + ((bound - lower) * (rank - below)) / (count - below)
}
