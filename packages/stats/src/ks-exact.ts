function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** Equal sizes: paths that leave |x − y| < h, by reflection, in Horner's form so that nothing cancels. */
function equalSizes(n: number, h: number): number {
  let probability = 0
  for (let k = Math.floor(n / h); k >= 0; k--) {
    let share = 1
    for (let j = 0; j < h; j++) share *= (n - k * h - j) / (n + k * h + j + 1)
    probability = share * (1 - probability)
  }
  return 2 * probability
}

/**
 * Lattice paths from (0, 0) to (m, n), m > n, by column: `outside[y]` is the share of the paths to (x, y) that have left
 * |x/m − y/n| < h / lcm. Only the window of y within the bounds is kept; beyond it every path is outside.
 */
function unequalSizes(m: number, n: number, divisor: number, h: number): number {
  const stepX = n / divisor
  const stepY = m / divisor
  let from = 0
  let to = Math.min(Math.ceil(h / stepY), n + 1)
  let column = new Float64Array(n + 2)
  let next = new Float64Array(n + 2)
  column.fill(1, to)
  for (let x = 1; x <= m; x++) {
    const last = from
    from = Math.min(Math.max(Math.floor((stepX * x - h) / stepY) + 1, 0), n)
    const end = Math.min(Math.ceil((stepX * x + h) / stepY), n + 1)
    if (end <= from) return 1
    let below = from === 0 ? 0 : 1
    for (let y = from; y < end; y++) {
      const left = y < last || y >= to ? 1 : column[y]!
      below = (left * x + below * y) / (x + y)
      next[y] = below
    }
    to = end
    const swap = column
    column = next
    next = swap
  }
  return column[n]!
}

/**
 * Exact probability that the two-sample Kolmogorov–Smirnov statistic is at least `statistic` for continuous data (with
 * ties it is conservative). scipy: ks_2samp(method='exact'). Hodges (1958), Arkiv för Matematik 3, 469–486.
 */
export function ksExact(statistic: number, m: number, n: number): number {
  const divisor = greatestCommonDivisor(m, n)
  const h = Math.round(statistic * (m / divisor) * n)
  if (h === 0) return 1
  const probability = m === n ? equalSizes(m, h) : unequalSizes(Math.max(m, n), Math.min(m, n), divisor, h)
  return Math.min(1, Math.max(0, probability))
}
