import { normalSurvival } from './normal-survival.ts'
import { ranking } from './ranking.ts'
import type { TestResult } from './test-result.ts'

/**
 * One-sided Mann–Whitney test that positive rows have the higher scores; the statistic is the area under the ROC curve.
 * Asymptotic, with corrections for ties and continuity. scipy: stats.mannwhitneyu(positives, negatives, alternative='greater').
 * @param positive 1 for rows of the positive class, else 0.
 */
export function mannWhitney(positive: ArrayLike<number>, scores: ArrayLike<number>): TestResult {
  const { rows, last } = ranking(scores)
  let [positives, negatives, tiedPositives, tiedNegatives, above, ties] = [0, 0, 0, 0, 0, 0]
  for (const [i, row] of rows.entries()) {
    if (positive[row] === 1) tiedPositives++
    else tiedNegatives++
    if (last[i] === 0) continue
    above += tiedNegatives * (positives + tiedPositives / 2)
    const tied = tiedPositives + tiedNegatives
    ties += tied ** 3 - tied
    positives += tiedPositives
    negatives += tiedNegatives
    tiedPositives = 0
    tiedNegatives = 0
  }
  const pairs = positives * negatives
  const n = positives + negatives
  const deviation = Math.sqrt((pairs / 12) * (n + 1 - ties / (n * (n - 1))))
  if (pairs === 0) return { statistic: Number.NaN, pValue: Number.NaN, method: 'asymptotic' }
  const pValue = deviation === 0 ? 1 : normalSurvival((above - pairs / 2 - 0.5) / deviation)
  return { statistic: above / pairs, pValue, method: 'asymptotic' }
}
