import { stepDistances } from './step-distances.ts'
import type { Tally } from './tally.ts'

/** First Wasserstein distance, in the unit of the values. scipy: wasserstein_distance. */
export function wasserstein(a: Tally, b: Tally): number {
  return stepDistances(a, b).area
}
