import type { Weights } from './weights.ts'
import { type Random, randomBelow } from './xoshiro128.ts'

/** What a resample keeps together: nothing, the rows of a group (`codes`; negative ones stand alone), or blocks along `order`. */
export type Resampling =
  | { readonly kind: 'row' }
  | { readonly kind: 'group'; readonly codes: Int32Array }
  | { readonly kind: 'block'; readonly order: Int32Array }

function byRow(rows: number) {
  return (random: Random, weights: Weights) => {
    weights.fill(0)
    for (let draw = 0; draw < rows; draw++) weights[randomBelow(random, rows)]!++
  }
}

function byGroup(codes: Int32Array) {
  const position = new Map<number, number>()
  let groups = 0
  const group = codes.map((code) => {
    if (code < 0) return groups++
    const known = position.get(code)
    if (known !== undefined) return known
    position.set(code, groups)
    return groups++
  })
  const counts = new Int32Array(groups)
  return (random: Random, weights: Weights) => {
    counts.fill(0)
    for (let draw = 0; draw < groups; draw++) counts[randomBelow(random, groups)]!++
    for (let row = 0; row < group.length; row++) weights[row] = counts[group[row]!]!
  }
}

function byBlock(order: Int32Array) {
  const rows = order.length
  const length = Math.max(1, Math.round(Math.cbrt(rows)))
  return (random: Random, weights: Weights) => {
    weights.fill(0)
    for (let drawn = 0; drawn < rows; drawn += length) {
      const start = randomBelow(random, rows)
      const size = Math.min(length, rows - drawn)
      for (let i = 0; i < size; i++) weights[order[(start + i) % rows]!]!++
    }
  }
}

/**
 * Draws with replacement: as many rows, or groups, as there are; for blocks moving ones of length ∛rows that wrap
 * around at the end (Politis and Romano, 1992), so that every row is equally likely. Overwrites `weights`.
 */
export function resample(resampling: Resampling, rows: number): (random: Random, weights: Weights) => void {
  if (resampling.kind === 'group') return byGroup(resampling.codes)
  return resampling.kind === 'block' ? byBlock(resampling.order) : byRow(rows)
}
