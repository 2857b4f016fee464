import {
  bootstrap,
  bootstrapDifference,
  bootstrapPairedDifference,
  quantile,
  type Resampling,
  randomBelow,
  rankCorrelation,
  resample,
  rocAuc,
  weightedMean,
  xoshiro128,
} from '@mlwright/stats'
import { expect, it } from 'vitest'

const options = { resamples: 1000, seed: 7, level: 0.95 }
const one = (values: ArrayLike<number>) => {
  const mean = weightedMean(values)
  return (weights: Int32Array) => [mean(weights)]
}

it('draws the numbers of the reference generator', () => {
  // xoshiro128starstar.c (Blackman and Vigna) with the state {1, 2, 3, 4}
  const random = xoshiro128([1, 2, 3, 4])
  const expected = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]
  expect(expected.map(() => random())).toEqual(expected)
})

it('draws whole numbers below a limit evenly', () => {
  const random = xoshiro128(11)
  const counts = new Int32Array(7)
  for (let i = 0; i < 70_000; i++) counts[randomBelow(random, 7)]!++
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})

it('interpolates quantiles as numpy', () => {
  // numpy 2: np.quantile([1,2,4,8,16.5], [.025,.3,.975]) -> [1.1, 2.4, 15.65]
  const sorted = [1, 2, 4, 8, 16.5]
  expect(quantile(sorted, 0.025)).toBeCloseTo(1.1, 12)
  expect(quantile(sorted, 0.3)).toBeCloseTo(2.4, 12)
  expect(quantile(sorted, 0.975)).toBeCloseTo(15.65, 12)
})

it('correlates ranks as scipy, ties included', () => {
  // scipy 1.17: spearmanr([1,5,2,2,8,3,3], [2,9,1,4,4,6,3.5]).statistic -> 0.6514035610330967
  expect(rankCorrelation([1, 5, 2, 2, 8, 3, 3], [2, 9, 1, 4, 4, 6, 3.5])).toBeCloseTo(0.6514035610330967, 12)
  expect(rankCorrelation([1, 1, 1], [2, 3, 4])).toBeNaN()
})

const codes = Int32Array.from([4, 4, 4, 9, 9, -1, -1, 2])
it.each<Resampling>([
  { kind: 'row' },
  { kind: 'block', order: Int32Array.from([3, 1, 0, 2, 7, 6, 5, 4]) },
])('draws as many rows as there are, each equally often: $kind', (resampling) => {
  const random = xoshiro128(5)
  const weights = new Int32Array(8)
  const sums = new Int32Array(8)
  const draw = resample(resampling, 8)
  for (let i = 0; i < 4000; i++) {
    draw(random, weights)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(8)
    for (const [row, weight] of weights.entries()) sums[row]! += weight
  }
  for (const sum of sums) expect(Math.abs(sum - 4000)).toBeLessThan(300)
})

it('keeps the rows of a group together, and rows without a group apart', () => {
  const random = xoshiro128(5)
  const weights = new Int32Array(8)
  const draw = resample({ kind: 'group', codes }, 8)
  let apart = false
  for (let i = 0; i < 100; i++) {
    draw(random, weights)
    expect(new Set(weights.subarray(0, 3)).size).toBe(1)
    expect(weights[3]).toBe(weights[4])
    expect(weights[0]! + weights[3]! + weights[5]! + weights[6]! + weights[7]!).toBe(5)
    apart ||= weights[5] !== weights[6]
  }
  expect(apart).toBe(true)
})

it('gives the same interval for the same seed, and another for another', () => {
  const sample = {
    rows: 50,
    resampling: { kind: 'row' },
    statistics: one(Float64Array.from({ length: 50 }, (_, i) => i ** 1.5)),
  } as const
  expect(bootstrap(sample, options)).toEqual(bootstrap(sample, options))
  expect(bootstrap(sample, options)).not.toEqual(bootstrap(sample, { ...options, seed: 8 }))
})

it('covers the true mean of a skewed distribution nearly as often as it says', () => {
  const random = xoshiro128(2026)
  let covered = 0
  for (let trial = 0; trial < 300; trial++) {
    const values = Float64Array.from({ length: 80 }, () => -Math.log(1 - random() / 2 ** 32))
    const [interval] = bootstrap(
      { rows: 80, resampling: { kind: 'row' }, statistics: one(values) },
      { resamples: 300, seed: trial, level: 0.95 },
    )
    if (interval!.low <= 1 && interval!.high >= 1) covered++
  }
  expect(covered / 300).toBeGreaterThan(0.89)
  expect(covered / 300).toBeLessThan(0.98)
})

it('has a wider interval where rows of a group are copies of each other', () => {
  const random = xoshiro128(9)
  const groups = Float64Array.from({ length: 20 }, () => random() / 2 ** 32)
  const rows = 100
  const statistics = one(Float64Array.from({ length: rows }, (_, row) => groups[Math.floor(row / 5)]!))
  const width = (resampling: Resampling) => {
    const [interval] = bootstrap({ rows, resampling, statistics }, options)
    return interval!.high - interval!.low
  }
  const own = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 5))
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  expect(width({ kind: 'group', codes: own })).toBeGreaterThan(1.7 * width({ kind: 'row' }))
  expect(width({ kind: 'block', order })).toBeGreaterThan(1.3 * width({ kind: 'row' }))
})

it('finds a small constant change when both sides are drawn together, and not when they are drawn apart', () => {
  const random = xoshiro128(4)
  const was = Float64Array.from({ length: 60 }, () => random() / 2 ** 32)
  const is = was.map((value) => value + 0.01)
  const sample = { rows: 60, resampling: { kind: 'row' } } as const
  const [paired] = bootstrapPairedDifference(sample, one(was), one(is), options)
  expect(paired!.low).toBeCloseTo(0.01, 12)
  expect(paired!.high).toBeCloseTo(0.01, 12)
  const [apart] = bootstrapDifference({ ...sample, statistics: one(was) }, { ...sample, statistics: one(is) }, options)
  expect(apart!.low).toBeLessThan(0)
  expect(apart!.high).toBeGreaterThan(0.02)
})

it('leaves undefined draws out, and has no interval where most are undefined', () => {
  const scores = Float64Array.from({ length: 40 }, (_, i) => i / 40)
  const auc = (positives: number) => {
    const statistic = rocAuc(
      Uint8Array.from(scores, (_, i) => (i % 3 === 0 && i / 3 < positives ? 1 : 0)),
      scores,
    )
    return bootstrap(
      { rows: 40, resampling: { kind: 'row' }, statistics: (weights) => [statistic(weights)] },
      options,
    )[0]!
  }
  expect(auc(2).low).not.toBeNaN()
  expect(auc(0).low).toBeNaN()
})
