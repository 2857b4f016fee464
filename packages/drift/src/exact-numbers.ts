import { ksPValue, stepDistances, type TestResult, tally } from '@mlwright/stats'

/** What only the values themselves can say. */
export interface ExactNumbers {
  readonly ks: TestResult
  readonly wasserstein: number
}

/** Two-sample Kolmogorov–Smirnov test and Wasserstein distance, as scipy has them; NaN is left out. */
export function exactNumbers(reference: ArrayLike<number>, current: ArrayLike<number>): ExactNumbers {
  const a = tally(reference)
  const b = tally(current)
  const { largest, area } = stepDistances(a, b)
  return { ks: { statistic: largest, ...ksPValue(largest, a.total, b.total) }, wasserstein: area }
}
