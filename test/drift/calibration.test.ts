import type { JointProfile } from '@mlwright/domain'
import { spendBudget } from '@mlwright/drift'
import {
  binnedHomogeneityTest,
  countInBins,
  homogeneityTest,
  ksPValue,
  ksTwoSample,
  type Random,
  tally,
  xoshiro128,
} from '@mlwright/stats'
import { describe, expect, it } from 'vitest'
import { jointSums } from '../../packages/data/src/profile/joint-sums.ts'
import { correlationChanges } from '../../packages/drift/src/multivariate/correlation-changes.ts'
import { jointMoments } from '../../packages/drift/src/multivariate/joint-moments.ts'

const unit = (random: Random) => (random() + 0.5) / 2 ** 32
const normal = (random: Random) => Math.sqrt(-2 * Math.log(unit(random))) * Math.cos(2 * Math.PI * unit(random))
const sizes = [
  [1000, 1000],
  [1000, 200],
  [500, 5000],
  [5000, 500],
] as const

/** Counts of draws from categories of weight 1, 2^-skew, 3^-skew, …, by Walker's alias method. */
function categories(k: number, skew: number) {
  const weights = Array.from({ length: k }, (_, i) => (i + 1) ** -skew)
  const total = weights.reduce((sum, weight) => sum + weight)
  const share = weights.map((weight) => (weight / total) * k)
  const other = new Int32Array(k)
  const small = [...share.keys()].filter((i) => share[i]! < 1)
  const large = [...share.keys()].filter((i) => share[i]! >= 1)
  while (small.length > 0 && large.length > 0) {
    const [low, high] = [small.pop()!, large.pop()!]
    other[low] = high
    share[high]! -= 1 - share[low]!
    ;(share[high]! < 1 ? small : large).push(high)
  }
  return (random: Random, rows: number) => {
    const counts = new Float64Array(k)
    for (let row = 0; row < rows; row++) {
      const at = (random() / 2 ** 32) * k
      const cell = Math.floor(at)
      counts[at - cell < share[cell]! ? cell : other[cell]!]!++
    }
    return counts
  }
}

describe('under no drift', () => {
  describe.each([3, 5, 10, 20, 50])('with %d categories', (k) => {
    it.each(sizes)('%d against %d rows: the test alarms at 0.05 in 3 to 7 %% of 1,000 draws', (n, m) => {
      const random = xoshiro128(k * 1_000_003 + n * 7 + m)
      const draw = categories(k, 1)
      let alarms = 0
      for (let i = 0; i < 1000; i++) if (homogeneityTest(draw(random, n), draw(random, m)).pValue <= 0.05) alarms++
      expect(alarms / 1000).toBeGreaterThanOrEqual(0.03)
      expect(alarms / 1000).toBeLessThanOrEqual(0.07)
    })
  })

  it.each(sizes)('%d against %d rows: numbers on bins of the reference alarm in 3 to 7 %%', (n, m) => {
    const random = xoshiro128(n * 11 + m)
    let alarms = 0
    for (let i = 0; i < 1000; i++) {
      const reference = tally(Float64Array.from({ length: n }, () => unit(random) ** 3))
      const current = tally(Float64Array.from({ length: m }, () => unit(random) ** 3))
      const edges = Array.from({ length: 255 }, (_, q) => reference.values[Math.ceil(((q + 1) / 256) * n) - 1]!)
      const { pValue } = binnedHomogeneityTest(countInBins(reference, edges), countInBins(current, edges))
      if (pValue <= 0.05) alarms++
    }
    expect(alarms / 1000).toBeGreaterThanOrEqual(0.03)
    expect(alarms / 1000).toBeLessThanOrEqual(0.07)
  })
})

/** Sorted uniform numbers, and a table to find the gap between them that a number falls into. */
function gaps(random: Random, n: number) {
  const sorted = new Float64Array(n)
  let sum = 0
  for (let i = 0; i < n; i++) sorted[i] = sum -= Math.log(unit(random))
  sum -= Math.log(unit(random))
  const table = new Int32Array(4097)
  for (let i = 0, cell = 0; cell <= 4096; cell++) {
    while (i < n && sorted[i]! / sum < cell / 4096) i++
    table[cell] = i
  }
  for (let i = 0; i < n; i++) sorted[i]! /= sum
  return (u: number) => {
    let i = table[Math.floor(u * 4096)]!
    while (i < n && sorted[i]! < u) i++
    return i
  }
}

/** The smallest D that is rejected at a level. */
function critical(n: number, m: number, alpha: number): number {
  for (let h = 1; ; h++) if (ksPValue(h / 1000, n, m).pValue <= alpha) return h / 1000
}

/** The smallest p-value of each week, times the number of pairs, that the correlations of independent columns have in a year. */
function correlationYear(random: Random, { columns, runs, n, m }: Record<'columns' | 'runs' | 'n' | 'm', number>) {
  const edges = Array.from({ length: 255 }, (_, k) => (k + 1) / 256)
  const names = Array.from({ length: columns }, (_, at) => `c${at}`)
  const joint = (rows: number, earlier: JointProfile | null) => {
    const numbers = () => Float64Array.from({ length: rows }, () => random() / 2 ** 32)
    return jointSums(
      names.map((name) => ({ name, numbers: numbers(), edges })),
      earlier,
    )!
  }
  const reference = joint(n, null)
  const before = jointMoments(reference, names)
  return Array.from({ length: runs }, () => {
    const changes = correlationChanges(before, jointMoments(joint(m, reference), names))
    return changes.length * Math.min(...changes.map(({ pValue }) => pValue))
  })
}

describe('over a year', () => {
  const [columns, runs, years, n, m] = [20, 52, 500, 1000, 200]
  const budgets = [1, 0.05]
  const alphas = budgets.map((falseAlarms) => spendBudget({ falseAlarms, runs }, columns + 1).alpha)

  it('gives as many false alarms as were budgeted: 20 columns and all of them together, 52 runs, 500 null years, one reference a year', () => {
    expect(alphas[0]).toBeCloseTo(1 / 1092, 12)
    // D of continuous data depends on ranks alone, so uniform numbers stand for all.
    const limits = alphas.map((alpha) => critical(n, m, alpha))
    const random = xoshiro128(2026)
    const alarms = budgets.map(() => new Float64Array(years))
    const counts = new Int32Array(n + 1)
    for (let year = 0; year < years; year++) {
      for (const pValue of correlationYear(random, { columns, runs, n, m }))
        for (const [b, alpha] of alphas.entries()) if (pValue <= alpha) alarms[b]![year]!++
      for (let column = 0; column < columns; column++) {
        const gapOf = gaps(random, n)
        for (let run = 0; run < runs; run++) {
          counts.fill(0)
          for (let row = 0; row < m; row++) counts[gapOf(random() / 2 ** 32)]!++
          let below = 0
          let largest = 0
          for (let i = 0; i <= n; i++) {
            below += counts[i]!
            const apart = below / m - i / n
            // Just before and just after the next value of the reference.
            largest = Math.max(largest, apart, i < n ? 1 / n - apart : 0)
          }
          for (const [b, limit] of limits.entries()) if (largest >= limit - 1e-12) alarms[b]![year]!++
        }
      }
    }
    for (const [b, budget] of budgets.entries()) {
      const mean = alarms[b]!.reduce((sum, count) => sum + count) / years
      const variance = alarms[b]!.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (years - 1)
      expect(mean).toBeLessThanOrEqual(budget + 2 * Math.sqrt(variance / years))
      // The test is not merely silent.
      expect(mean).toBeGreaterThan(budget / 3)
    }
  }, 300_000)
})

describe('under drift', () => {
  it('catches a shift of 0.3 standard deviations at 500 against 500 in 95 % of runs', () => {
    const random = xoshiro128(3)
    let caught = 0
    for (let i = 0; i < 400; i++) {
      const reference = tally(Array.from({ length: 500 }, () => normal(random)))
      const current = tally(Array.from({ length: 500 }, () => normal(random) + 0.3))
      if (ksTwoSample(reference, current).pValue <= 0.05) caught++
    }
    expect(caught / 400).toBeGreaterThanOrEqual(0.95)
  })

  it('catches 0.05 standard deviations a run at most three runs after the uncorrected test', () => {
    const random = xoshiro128(5)
    // 20 columns, and all of them together.
    const { alpha } = spendBudget({ falseAlarms: 1, runs: 52 }, 21)
    const later: number[] = []
    for (let i = 0; i < 100; i++) {
      const reference = tally(Array.from({ length: 5000 }, () => normal(random)))
      let uncorrected = Infinity
      for (let run = 1; ; run++) {
        const current = tally(Array.from({ length: 500 }, () => normal(random) + 0.05 * run))
        const { statistic, pValue } = ksTwoSample(reference, current)
        if (pValue <= 0.05) uncorrected = Math.min(uncorrected, run)
        if (pValue > alpha || statistic < 0.05) continue
        later.push(run - uncorrected)
        break
      }
    }
    later.sort((a, b) => a - b)
    expect(later[50]).toBeLessThanOrEqual(3)
  })
})
