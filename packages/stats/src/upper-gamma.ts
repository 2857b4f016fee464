import { logGamma } from './log-gamma.ts'

const tiny = 1e-300
const precision = 1e-16

/** Σ xᵏ / ((a + 1) … (a + k)), for x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let k = 1; term > sum * precision; k++) {
    term *= x / (a + k)
    sum += term
  }
  return sum
}

/** Legendre's continued fraction by Lentz's method, for x ≥ a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let product = d
  for (let i = 1; i < 1e6; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / (an * d + b || tiny)
    c = b + an / c || tiny
    product *= d * c
    if (Math.abs(d * c - 1) < precision * 2) break
  }
  return product
}

/** Regularised upper incomplete gamma function Q(a, x) for a > 0 and x ≥ 0. scipy: special.gammaincc. */
export function upperGamma(a: number, x: number): number {
  if (Number.isNaN(a) || Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 1
  if (x === Infinity) return 0
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x)
}
