import { ksTwoSample, type TestResult, tally, wasserstein } from '@mlwright/stats'

/** What only the values themselves can say. */
export interface ExactNumbers {
  readonly ks: TestResult
  readonly wasserstein: number
}

/** Two-sample Kolmogorov–Smirnov test and Wasserstein distance, as scipy has them; NaN is left out. */
export function exactNumbers(reference: ArrayLike<number>, current: ArrayLike<number>): ExactNumbers {
  const a = tally(reference)
  const b = tally(current)
  return { ks: ksTwoSample(a, b), wasserstein: wasserstein(a, b) }
}
