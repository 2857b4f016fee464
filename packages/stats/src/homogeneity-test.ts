import { chiSquareTwoSample } from './chi-square-two-sample.ts'
import { fisherExact } from './fisher-exact.ts'
import { type PooledCells, poolNeighbours, poolRare } from './pool-cells.ts'
import type { TestResult } from './test-result.ts'

/** Counts below this are too few for the chi-square approximation (Cochran, 1954). */
const expected = 5
/** From here on a p-value is in the tails, where five are too few: it is taken where twenty are expected. */
const tail = 0.01
const expectedInTail = 20
/** With two cells the approximation is far off in its tails below this, and the exact test is cheap. */
const expectedOfTwo = 50

export interface HomogeneityResult extends TestResult {
  /** Cells that were compared, after pooling. */
  readonly cells: number
}

function sum(counts: ArrayLike<number>): number {
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]!
  return total
}

/** The largest cell against all others, exactly. */
function largestAgainstRest(a: ArrayLike<number>, b: ArrayLike<number>): HomogeneityResult {
  let largest = 0
  for (let k = 1; k < a.length; k++) if (a[k]! + b[k]! > a[largest]! + b[largest]!) largest = k
  const hitsA = a[largest] ?? 0
  const hitsB = b[largest] ?? 0
  const restA = sum(a) - hitsA
  const restB = sum(b) - hitsB
  if (hitsA + restA === 0 || hitsB + restB === 0)
    return { statistic: Number.NaN, pValue: Number.NaN, cells: 0, method: 'exact' }
  const { statistic } = chiSquareTwoSample([hitsA, restA], [hitsB, restB])
  if (restA + restB === 0) return { statistic, pValue: 1, cells: 1, method: 'exact' }
  return { statistic, pValue: fisherExact(hitsA, restA, hitsB, restB), cells: 2, method: 'exact' }
}

function smallestExpected({ a, b }: PooledCells): number {
  const [rowsA, rowsB] = [sum(a), sum(b)]
  const cells = Array.from(a, (count, k) => count + b[k]!)
  return (Math.min(...cells) * Math.min(rowsA, rowsB)) / (rowsA + rowsB)
}

function once(a: ArrayLike<number>, b: ArrayLike<number>, pooled: PooledCells): HomogeneityResult {
  if (pooled.a.length < 2) return largestAgainstRest(a, b)
  if (pooled.a.length === 2 && smallestExpected(pooled) < expectedOfTwo) return largestAgainstRest(pooled.a, pooled.b)
  return { ...chiSquareTwoSample(pooled.a, pooled.b), cells: pooled.a.length }
}

/** In the tails the p-value is that of a coarser pooling; the statistic stays the same. */
function test(a: ArrayLike<number>, b: ArrayLike<number>, pool: (expected: number) => PooledCells): HomogeneityResult {
  const found = once(a, b, pool(expected))
  if (!(found.pValue <= tail)) return found
  const coarser = pool(expectedInTail)
  return coarser.a.length < 2 ? found : { ...found, pValue: once(a, b, coarser).pValue }
}

/**
 * Chi-square test of homogeneity that holds its level with small counts too, also in the tails: the rarest cells are
 * pooled until five are expected everywhere, and twenty for a p-value below 0.01. Where that leaves one cell, or two
 * small ones, the largest is tested against the rest by Fisher's exact test.
 * @param a counts per category; @param b the same categories.
 */
export function homogeneityTest(a: ArrayLike<number>, b: ArrayLike<number>): HomogeneityResult {
  return test(a, b, (least) => poolRare(a, b, { expected: least }))
}

/**
 * The same over bins that have an order: neighbours are pooled, to at most 2 m^(2/5) of them (Mann and Wald, 1942) with
 * m the harmonic size nₐ n_b / (nₐ + n_b), where the test sees most.
 */
export function binnedHomogeneityTest(a: ArrayLike<number>, b: ArrayLike<number>): HomogeneityResult {
  const rowsA = sum(a)
  const rowsB = sum(b)
  const most = Math.max(2, Math.floor(2 * ((rowsA * rowsB) / (rowsA + rowsB)) ** 0.4))
  return test(a, b, (least) => poolNeighbours(a, b, { expected: least, most }))
}
