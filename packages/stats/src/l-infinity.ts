import { shares } from './shares.ts'

/**
 * The largest difference of a share, from 0 to 1.
 * @param a counts per cell; @param b the same cells.
 */
export function lInfinity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const p = shares(a)
  const q = shares(b)
  let largest = 0
  for (let k = 0; k < p.length; k++) largest = Math.max(largest, Math.abs(p[k]! - q[k]!))
  return largest
}
