import { type Alternative, fisherExact } from './fisher-exact.ts'
import { normalSurvival } from './normal-survival.ts'
import type { TestResult } from './test-result.ts'

/** Below this expected count the normal approximation is far off in the tails, where an error budget looks. */
const smallestExpected = 1000

/**
 * Are two proportions the same? Fisher's exact test, and the pooled two-sample z-test (statsmodels: proportions_ztest)
 * where an expected count reaches 1,000; `less` asks whether the first is less. The statistic is always z.
 */
export function twoProportionTest(
  hitsA: number,
  totalA: number,
  hitsB: number,
  totalB: number,
  alternative: Alternative = 'two-sided',
): TestResult {
  const total = totalA + totalB
  const pooled = (hitsA + hitsB) / total
  const z = (hitsA / totalA - hitsB / totalB) / Math.sqrt(pooled * (1 - pooled) * (1 / totalA + 1 / totalB))
  if (totalA === 0 || totalB === 0) return { statistic: Number.NaN, pValue: Number.NaN, method: 'exact' }
  if (pooled === 0 || pooled === 1) return { statistic: 0, pValue: 1, method: 'exact' }
  if (Math.min(totalA, totalB) * Math.min(pooled, 1 - pooled) < smallestExpected)
    return {
      statistic: z,
      pValue: fisherExact(hitsA, totalA - hitsA, hitsB, totalB - hitsB, alternative),
      method: 'exact',
    }
  const pValue = alternative === 'less' ? normalSurvival(-z) : 2 * normalSurvival(Math.abs(z))
  return { statistic: z, pValue, method: 'asymptotic' }
}
