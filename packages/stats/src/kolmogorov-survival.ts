import { durbinMatrix } from './durbin-matrix.ts'
import { pelzGood } from './pelz-good.ts'
import { smirnovSurvival } from './smirnov-survival.ts'

/** n! / nⁿ times yⁿ. */
function scaledPower(n: number, y: number): number {
  let product = 1
  for (let i = 1; i <= n && product > 0; i++) product *= (i / n) * y
  return product
}

/**
 * Probability that the two-sided Kolmogorov–Smirnov statistic of n values exceeds x. scipy: stats.kstwo.sf.
 * Each method where Simard and L'Ecuyer (2011), Journal of Statistical Software 39(11), found it accurate.
 */
export function kolmogorovSurvival(n: number, x: number): number {
  const t = n * x
  if (Number.isNaN(t) || n < 1) return Number.NaN
  if (x >= 1) return 0
  if (t <= 0.5) return 1
  if (t <= 1) return 1 - scaledPower(n, 2 * t - 1)
  if (t >= n - 1) return 2 * (1 - x) ** n
  const squared = t * x
  if (squared >= 370) return 0
  if (x >= 0.5 || squared >= (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * smirnovSurvival(n, x))
  const below = n <= 140 || (n <= 100_000 && n * x ** 1.5 <= 1.4) ? durbinMatrix(n, x) : pelzGood(n, x)
  return Math.min(1, Math.max(0, 1 - below))
}
