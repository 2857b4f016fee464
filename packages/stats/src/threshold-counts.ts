import { ranking } from './ranking.ts'

/** How many rows score at least each distinct score, highest first. */
export interface ThresholdCounts {
  readonly thresholds: readonly number[]
  readonly truePositives: readonly number[]
  readonly falsePositives: readonly number[]
}

/** scikit-learn: confusion_matrix_at_thresholds. */
export function thresholdCounts(positive: ArrayLike<number>, scores: ArrayLike<number>): ThresholdCounts {
  const { rows, last } = ranking(scores)
  const counts = { thresholds: [] as number[], truePositives: [] as number[], falsePositives: [] as number[] }
  let found = 0
  for (const [i, row] of rows.entries()) {
    found += positive[row]!
    if (last[i] === 0) continue
    counts.thresholds.push(scores[row]!)
    counts.truePositives.push(found)
    counts.falsePositives.push(i + 1 - found)
  }
  return counts
}
