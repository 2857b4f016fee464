import type { Tally } from './tally.ts'

/** How far two distribution functions are apart. */
export interface StepDistances {
  /** Their largest difference: the Kolmogorov–Smirnov statistic. */
  readonly largest: number
  /** The area between them: the first Wasserstein distance, in the unit of the values. */
  readonly area: number
}

/** Walks over the values of two samples together; both distances are NaN where a sample is empty. */
export function stepDistances(a: Tally, b: Tally): StepDistances {
  if (a.total === 0 || b.total === 0) return { largest: Number.NaN, area: Number.NaN }
  const { values: x, counts: m } = a
  const { values: y, counts: n } = b
  let i = 0
  let j = 0
  let belowA = 0
  let belowB = 0
  let gap = 0
  let last = 0
  let largest = 0
  let area = 0
  while (i < x.length || j < y.length) {
    const takesA = j >= y.length || (i < x.length && x[i]! <= y[j]!)
    const value = takesA ? x[i]! : y[j]!
    const takesB = !takesA || (j < y.length && y[j] === value)
    if (takesA) belowA += m[i++]!
    if (takesB) belowB += n[j++]!
    if (gap > 0) area += gap * (value - last)
    gap = Math.abs(belowA / a.total - belowB / b.total)
    if (gap > largest) largest = gap
    last = value
  }
  return { largest, area }
}
