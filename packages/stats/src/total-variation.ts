import { shares } from './shares.ts'

/**
 * Total variation distance ½ Σ |p − q|, from 0 to 1: the share of rows that would have to change their cell.
 * @param a counts per cell; @param b the same cells.
 */
export function totalVariation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const p = shares(a)
  const q = shares(b)
  let sum = 0
  for (let k = 0; k < p.length; k++) sum += Math.abs(p[k]! - q[k]!)
  return sum / 2
}
