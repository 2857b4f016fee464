import {
  binnedHomogeneityTest,
  chiSquareSurvival,
  chiSquareTwoSample,
  countInBins,
  fisherExact,
  hellinger,
  homogeneityTest,
  jensenShannon,
  kolmogorovSurvival,
  ksTwoSample,
  lInfinity,
  normalSurvival,
  poolNeighbours,
  populationStability,
  sortNumbers,
  tally,
  totalVariation,
  twoProportionTest,
  wasserstein,
  weightedTally,
} from '@mlwright/stats'
import { describe, expect, it } from 'vitest'

const sequence = (rows: number, of: (i: number) => number) => Float64Array.from({ length: rows }, (_, i) => of(i))

// a = np.array([(i*37%101)**2/100 for i in range(150)]); b = np.array([(i*53%97)**2/65 for i in range(83)])
const a = sequence(150, (i) => ((i * 37) % 101) ** 2 / 100)
const b = sequence(83, (i) => ((i * 53) % 97) ** 2 / 65)
// A = np.array([(i*7919%20011)**2/1e4 for i in range(12000)]); B = np.array([(i*7907%20021)**2/1e4*1.08 for i in range(4000)])
const large = sequence(12000, (i) => ((i * 7919) % 20011) ** 2 / 1e4)
const larger = sequence(4000, (i) => (((i * 7907) % 20021) ** 2 / 1e4) * 1.08)

describe('the Kolmogorov–Smirnov test', () => {
  it('is exact for samples of up to 10,000', () => {
    // scipy 1.17: ks_2samp(a, b)
    const { statistic, pValue, method } = ksTwoSample(tally(a), tally(b))
    expect(statistic).toBeCloseTo(0.1566265060240964, 12)
    expect(pValue).toBeCloseTo(0.12706567745948244, 12)
    expect(method).toBe('exact')
  })

  it('is asymptotic where asked for, and for larger samples', () => {
    // scipy 1.17: ks_2samp(a, b, method='asymp').pvalue
    expect(ksTwoSample(tally(a), tally(b), 'asymptotic').pValue).toBeCloseTo(0.13321563003252035, 12)
    // scipy 1.17: ks_2samp(A, B)
    const { statistic, pValue, method } = ksTwoSample(tally(large), tally(larger))
    expect(statistic).toBeCloseTo(0.039000000000000035, 12)
    expect(pValue).toBeCloseTo(0.0002115022396224461, 10)
    expect(method).toBe('asymptotic')
  })

  it('reads values with their counts as the rows that they stand for', () => {
    // scipy 1.17: ks_2samp(np.repeat([1,2,5],[40,3,7]), np.repeat([1,3,5],[90,20,10]))
    const { statistic, pValue } = ksTwoSample(
      weightedTally([5, 1, 2], [7, 40, 3]),
      weightedTally([1, 5, 3], [90, 10, 20]),
    )
    expect(statistic).toBeCloseTo(0.11, 12)
    expect(pValue).toBeCloseTo(0.7428311580476693, 12)
  })

  it('has nothing to say of an empty sample, and leaves NaN out', () => {
    expect(ksTwoSample(tally([Number.NaN]), tally(a)).pValue).toBeNaN()
    expect(tally([2, Number.NaN, -Infinity, 2]).total).toBe(3)
  })
})

describe('sortNumbers', () => {
  it('sorts large samples as small ones, with NaN last, and leaves the sample as it is', () => {
    const odd = [Number.NaN, -Number.NaN, 0, Infinity, -Infinity, 1e-310, -1e-310, 2 ** 53, -1.5]
    const sample = sequence(60_000, (i) => (i % 7 === 0 ? odd[i % 9]! : ((i * 7919) % 60_013) - 3e4))
    const first = sample.slice(0, 20)
    const sorted = sortNumbers(sample)
    expect(sorted).toEqual(sample.slice().sort())
    expect(sample.slice(0, 20)).toEqual(first)
  })
})

describe('distribution functions', () => {
  it.each([
    // scipy 1.17: stats.kstwo.sf(x, n)
    [7, 0.3, 0.46626387699002947],
    [60, 0.08, 0.8078977270450964],
    [140, 0.11, 0.06252511429470399],
    [141, 0.05, 0.854845693009663],
    [300, 0.09, 0.014521096659704894],
    [5000, 0.012, 0.4639912166690192],
    [5000, 0.03, 0.00024159234422666817],
    [250000, 0.0025, 0.08771999210232029],
    [250000, 0.006, 3.0334478513767595e-8],
  ])('gives the Kolmogorov tail for n = %d at %d', (n, x, expected) => {
    expect(Math.abs(kolmogorovSurvival(n, x) - expected)).toBeLessThan(1e-10)
  })

  it.each([
    // scipy 1.17: stats.chi2.sf(x, df)
    [0.004, 1, 0.9495709711511051],
    [7.8, 3, 0.050331097859853326],
    [12.1, 19, 0.8813065159147231],
    [400, 254, 1.3130404886390722e-8],
    [100900, 100000, 0.022324573942617117],
  ])('gives the chi-square tail of %d with %d degrees', (x, degrees, expected) => {
    expect(Math.abs(chiSquareSurvival(x, degrees) / expected - 1)).toBeLessThan(1e-9)
  })

  it('gives the normal tail on both sides', () => {
    // scipy 1.17: stats.norm.sf(10) -> 7.619853024160495e-24, stats.norm.sf(-1) -> 0.8413447460685429
    expect(normalSurvival(10) / 7.619853024160495e-24).toBeCloseTo(1, 12)
    expect(normalSurvival(-1)).toBeCloseTo(0.8413447460685429, 14)
  })
})

const p = [130, 55, 8, 2, 0]
const q = [610, 330, 91, 14, 9]

describe('tests of counts', () => {
  it('compares two samples, not one with an exact reference', () => {
    // scipy 1.17: chi2_contingency([p, q], correction=False) -> 8.706569961076603, 0.06886724638582088, 4
    const { statistic, pValue, degrees } = chiSquareTwoSample(p, q)
    expect(statistic).toBeCloseTo(8.706569961076603, 9)
    expect(pValue).toBeCloseTo(0.06886724638582088, 12)
    expect(degrees).toBe(4)
  })

  it('pools the rarest categories until five rows are expected everywhere', () => {
    // 195 and 1,054 rows: [8 + 2 + 0, 91 + 14 + 9] is the smallest pool that carries it.
    // scipy 1.17: chi2_contingency([[130,55,10],[610,330,114]], correction=False).pvalue
    const { pValue, cells } = homogeneityTest(p, q)
    expect(cells).toBe(3)
    expect(pValue).toBeCloseTo(0.018102968998434013, 12)
  })

  it('falls back to the exact test where nothing carries the approximation', () => {
    // scipy 1.17: fisher_exact([[0,9],[4,3]]).pvalue -> 0.019230769230769235
    expect(fisherExact(0, 9, 4, 3)).toBeCloseTo(0.019230769230769235, 12)
    expect(homogeneityTest([0, 9], [4, 3])).toMatchObject({ method: 'exact', cells: 2 })
    expect(homogeneityTest([0, 9], [4, 3]).pValue).toBeCloseTo(0.019230769230769235, 12)
    expect(homogeneityTest([3], [8]).pValue).toBe(1)
    expect(homogeneityTest([], [8]).pValue).toBeNaN()
  })

  it('joins a thin tail to its neighbour', () => {
    expect(poolNeighbours([10, 10, 1, 1], [20, 20, 2, 2], { expected: 5 })).toEqual({
      a: Float64Array.of(10, 12),
      b: Float64Array.of(20, 24),
    })
    expect(binnedHomogeneityTest(new Float64Array(256).fill(2), new Float64Array(256).fill(20)).cells).toBeLessThan(25)
  })

  it('compares proportions exactly, and by z where very many are expected', () => {
    // statsmodels 0.15: proportions_ztest([40, 300], [500, 5000]) -> 1.7705860386325876; scipy 1.17: fisher_exact([[40, 460], [300, 4700]])
    const { statistic, pValue } = twoProportionTest(40, 500, 300, 5000)
    expect(statistic).toBeCloseTo(1.7705860386325876, 10)
    expect(pValue).toBeCloseTo(0.079665917558284, 11)
    // statsmodels 0.15: proportions_ztest([4000, 30300], [50000, 400000])
    expect(twoProportionTest(4000, 50_000, 30_300, 400_000).pValue).toBeCloseTo(0.0007340118042089789, 12)
    expect(twoProportionTest(0, 9, 4, 7).pValue).toBeCloseTo(0.019230769230769235, 12)
    expect(twoProportionTest(0, 9, 0, 7).pValue).toBe(1)
    // scipy 1.17: fisher_exact([[3, 47], [30, 170]], alternative='less'), norm.cdf of the z above
    expect(twoProportionTest(3, 50, 30, 200, 'less').pValue).toBeCloseTo(0.06678867064377089, 12)
    expect(twoProportionTest(30_300, 400_000, 4000, 50_000, 'less').pValue).toBeCloseTo(0.0007340118042089789 / 2, 12)
    expect(twoProportionTest(4000, 50_000, 30_300, 400_000, 'less').pValue).toBeCloseTo(
      1 - 0.0007340118042089789 / 2,
      12,
    )
  })
})

describe('distances', () => {
  it('is the area between the distribution functions, in the unit of the values', () => {
    // scipy 1.17: wasserstein_distance(a, b), wasserstein_distance(A, B)
    expect(wasserstein(tally(a), tally(b))).toBeCloseTo(13.180973185047884, 9)
    expect(wasserstein(tally(large), tally(larger))).toBeCloseTo(1098.3687188016672, 8)
    expect(wasserstein(tally([]), tally(b))).toBeNaN()
  })

  it('compares shares', () => {
    // scipy 1.17: spatial.distance.jensenshannon(p, q) -> 0.09557511628543772
    expect(jensenShannon(p, q)).toBeCloseTo(0.09557511628543772, 12)
    // P, Q = p/sum(p), q/sum(q): np.sqrt(np.sum((np.sqrt(P)-np.sqrt(Q))**2)/2), abs(P-Q).max(), abs(P-Q).sum()/2
    expect(hellinger(p, q)).toBeCloseTo(0.10243158258207509, 12)
    expect(lInfinity(p, q)).toBeCloseTo(0.08791903858317518, 12)
    expect(totalVariation(p, q)).toBeCloseTo(0.08791903858317521, 12)
    // c = lambda x: np.maximum(x, 1e-4); ((c(P)-c(Q))*np.log(c(P)/c(Q))).sum() -> 0.0877024269054135
    expect(populationStability(p, q)).toBeCloseTo(0.0877024269054135, 12)
  })

  it('counts a value on an edge below it', () => {
    expect(countInBins(tally([0, 1, 1, 1.5, 2, 9]), [1, 2])).toEqual(Float64Array.of(3, 2, 1))
  })
})
