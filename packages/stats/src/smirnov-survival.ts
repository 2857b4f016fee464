import { logGamma } from './log-gamma.ts'

/** From this size on the error of the expansion is below 1e-9. */
const large = 20_000

/** Li-Chien's expansion to n^(−3/2), as an exponent so that far tails keep their size. */
function expansion(n: number, z: number): number {
  const z2 = z * z
  const first = (-2 * z) / 3
  const second = (2 * z2) / 3 - (4 * z2 * z2) / 9
  const third = ((4 * z) / 9) * (1 / 5 - (19 * z2) / 15 + (2 * z2 * z2) / 3)
  const root = 1 / Math.sqrt(n)
  const c2 = second - first ** 2 / 2
  const c3 = third - first * second + first ** 3 / 3
  return Math.exp(-2 * z2 + root * (first + root * (c2 + root * c3)))
}

/**
 * Probability that the one-sided Kolmogorov–Smirnov statistic D⁺ of n values exceeds x. scipy: special.smirnov.
 * Birnbaum and Tingey's sum (1951); for large n the expansion of Li-Chien (1956).
 */
export function smirnovSurvival(n: number, x: number): number {
  if (x <= 0) return 1
  if (x >= 1) return 0
  if (n > large) return expansion(n, Math.sqrt(n) * x)
  const last = Math.floor(n * (1 - x))
  const all = logGamma(n + 1)
  let sum = 0
  for (let j = 0; j <= last; j++) {
    const rest = 1 - x - j / n
    if (rest <= 0) break
    const ways = all - logGamma(j + 1) - logGamma(n - j + 1)
    sum += Math.exp(ways + (n - j) * Math.log(rest) + (j - 1) * Math.log(x + j / n))
  }
  return Math.min(1, x * sum)
}
