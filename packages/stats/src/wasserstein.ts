import type { Tally } from './tally.ts'
import { visitSteps } from './visit-steps.ts'

/** First Wasserstein distance, in the unit of the values: the area between the distribution functions. scipy: wasserstein_distance. */
export function wasserstein(a: Tally, b: Tally): number {
  let area = 0
  let last = Number.NaN
  let gap = 0
  visitSteps(a, b, (value, belowA, belowB) => {
    if (gap > 0) area += gap * (value - last)
    gap = Math.abs(belowA / a.total - belowB / b.total)
    last = value
  })
  return a.total > 0 && b.total > 0 ? area : Number.NaN
}
