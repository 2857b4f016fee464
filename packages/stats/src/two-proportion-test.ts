import { fisherExact } from './fisher-exact.ts'
import { normalSurvival } from './normal-survival.ts'
import type { TestResult } from './test-result.ts'

/** Expected counts below this make the normal approximation unsafe. */
export const smallestExpected = 5

/**
 * Are two proportions the same? The pooled two-sample z-test (statsmodels: proportions_ztest), and Fisher's exact test
 * where an expected count is below 5. The statistic is always z.
 */
export function twoProportionTest(hitsA: number, totalA: number, hitsB: number, totalB: number): TestResult {
  const total = totalA + totalB
  const pooled = (hitsA + hitsB) / total
  const z = (hitsA / totalA - hitsB / totalB) / Math.sqrt(pooled * (1 - pooled) * (1 / totalA + 1 / totalB))
  if (totalA === 0 || totalB === 0) return { statistic: Number.NaN, pValue: Number.NaN, method: 'exact' }
  if (pooled === 0 || pooled === 1) return { statistic: 0, pValue: 1, method: 'exact' }
  if (Math.min(totalA, totalB) * Math.min(pooled, 1 - pooled) < smallestExpected)
    return { statistic: z, pValue: fisherExact(hitsA, totalA - hitsA, hitsB, totalB - hitsB), method: 'exact' }
  return { statistic: z, pValue: 2 * normalSurvival(Math.abs(z)), method: 'asymptotic' }
}
