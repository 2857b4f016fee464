/** The quantile of sorted numbers with linear interpolation (type 7 of Hyndman and Fan, numpy's default). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  const below = sorted[low]!
  return below + (at - low) * ((sorted[low + 1] ?? below) - below)
}
