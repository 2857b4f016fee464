import { chiSquareSurvival } from './chi-square-survival.ts'
import type { TestResult } from './test-result.ts'

export interface ChiSquareResult extends TestResult {
  readonly degrees: number
}

/**
 * Chi-square test of homogeneity: do two samples share their shares? Cells that both lack are left out.
 * scipy: chi2_contingency([a, b], correction=False).
 * @param a counts per cell; @param b the same cells.
 */
export function chiSquareTwoSample(a: ArrayLike<number>, b: ArrayLike<number>): ChiSquareResult {
  let totalA = 0
  let totalB = 0
  for (let k = 0; k < a.length; k++) {
    totalA += a[k]!
    totalB += b[k]!
  }
  const total = totalA + totalB
  let statistic = 0
  let cells = 0
  for (let k = 0; k < a.length; k++) {
    const both = a[k]! + b[k]!
    if (both === 0) continue
    cells++
    const expected = (both / total) * totalA
    statistic += (a[k]! - expected) ** 2 / expected + (a[k]! - expected) ** 2 / (both - expected)
  }
  if (totalA === 0 || totalB === 0)
    return { statistic: Number.NaN, pValue: Number.NaN, degrees: 0, method: 'asymptotic' }
  const degrees = Math.max(0, cells - 1)
  return { statistic, pValue: chiSquareSurvival(statistic, degrees), degrees, method: 'asymptotic' }
}
