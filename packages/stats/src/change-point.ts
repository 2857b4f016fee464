/**
 * Where a stream most likely changed its mean: the position of the first value after the change, which
 * maximises the likelihood of two normal stretches of one variance; 0 for fewer than two values.
 * Hinkley (1970), Biometrika 57, 1–17.
 */
export function changePoint(values: ArrayLike<number>): number {
  const total = Array.prototype.reduce.call(values, (sum, each) => (sum as number) + each, 0) as number
  let best = 0
  let most = 0
  let before = 0
  for (let at = 1; at < values.length; at++) {
    before += values[at - 1]!
    const after = total - before
    const change = after / (values.length - at) - before / at
    const score = change * change * at * (values.length - at)
    if (score > most) {
      most = score
      best = at
    }
  }
  return best
}
