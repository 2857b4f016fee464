import { shares } from './shares.ts'

/**
 * Hellinger distance √(½ Σ (√p − √q)²), from 0 to 1.
 * @param a counts per cell; @param b the same cells.
 */
export function hellinger(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const p = shares(a)
  const q = shares(b)
  let sum = 0
  for (let k = 0; k < p.length; k++) sum += (Math.sqrt(p[k]!) - Math.sqrt(q[k]!)) ** 2
  return Math.sqrt(sum / 2)
}
