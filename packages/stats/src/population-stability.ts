import { shares } from './shares.ts'

/**
 * Population stability index Σ (p − q) ln(p / q) with natural logarithms; shares below the floor count as the floor, and
 * are not scaled again. The number depends on the cells: name them beside it.
 * @param a counts per cell; @param b the same cells.
 */
export function populationStability(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-4): number {
  const p = shares(a)
  const q = shares(b)
  let index = 0
  for (let k = 0; k < p.length; k++) {
    if (p[k] === 0 && q[k] === 0) continue
    const here = Math.max(p[k]!, floor)
    const there = Math.max(q[k]!, floor)
    index += (here - there) * Math.log(here / there)
  }
  return Number.isNaN(p[0]! + q[0]!) ? Number.NaN : index
}
