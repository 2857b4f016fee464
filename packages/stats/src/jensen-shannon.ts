import { shares } from './shares.ts'

/**
 * Jensen–Shannon distance between two samples, the square root of the divergence, with natural logarithms: from 0 to
 * √ln 2 ≈ 0.8326. scipy: spatial.distance.jensenshannon(a, b); divide by √ln 2 for its base=2.
 * @param a counts per cell; @param b the same cells.
 */
export function jensenShannon(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const p = shares(a)
  const q = shares(b)
  let divergence = 0
  for (let k = 0; k < p.length; k++) {
    const middle = (p[k]! + q[k]!) / 2
    if (p[k] !== 0) divergence += (p[k]! * Math.log(p[k]! / middle)) / 2
    if (q[k] !== 0) divergence += (q[k]! * Math.log(q[k]! / middle)) / 2
  }
  return Math.sqrt(Math.max(0, divergence))
}
