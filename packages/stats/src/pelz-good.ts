/**
 * Probability that the two-sided Kolmogorov–Smirnov statistic of n values is at most x, to about n⁻².
 * Pelz and Good (1976), Journal of the Royal Statistical Society B 38(2), 152–156: K₀ + K₁/√n + K₂/n + K₃/n√n.
 */
export function pelzGood(n: number, x: number): number {
  const z = Math.sqrt(n) * x
  const z2 = z * z
  const z4 = z2 * z2
  const z6 = z4 * z2
  const p2 = Math.PI ** 2
  const p4 = p2 * p2
  const p6 = p4 * p2
  let k0 = 0
  let k1 = 0
  let k2 = 0
  let k3 = 0
  const terms = Math.ceil((16 * z) / Math.PI)
  for (let k = terms; k >= 1; k--) {
    const m2 = (k - 0.5) ** 2
    const m4 = m2 * m2
    const odd = Math.exp((-m2 * p2) / (2 * z2))
    k0 += odd
    k1 += (p2 * m2 - z2) * odd
    k2 += (6 * z6 + 2 * z4 + p2 * (2 * z4 - 5 * z2) * m2 + p4 * (1 - 2 * z2) * m4) * odd
    k3 +=
      (-30 * z6 -
        90 * z6 * z2 +
        p2 * (135 * z4 - 96 * z6) * m2 +
        p4 * (212 * z4 - 60 * z2) * m4 +
        p6 * (5 - 30 * z2) * m2 * m4) *
      odd
  }
  let even2 = 0
  let even3 = 0
  for (let k = terms; k >= 1; k--) {
    const k2s = k * k
    const even = Math.exp((-k2s * p2) / (2 * z2))
    even2 += p2 * k2s * even
    even3 += (3 * p2 * k2s * z2 - p4 * k2s * k2s) * even
  }
  const root = Math.sqrt(2 * Math.PI)
  const halfRoot = Math.sqrt(Math.PI / 2)
  return (
    (root / z) * k0 +
    ((root / (6 * z4)) * k1) / Math.sqrt(n) +
    ((root / (72 * z6 * z)) * k2 - (halfRoot / (18 * z2 * z)) * even2) / n +
    ((root / (6480 * z6 * z4)) * k3 + (halfRoot / (108 * z6)) * even3) / (n * Math.sqrt(n))
  )
}
