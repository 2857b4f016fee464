/** A statistic, the probability of one at least as extreme if nothing changed, and how that was found. */
export interface TestResult {
  readonly statistic: number
  /** NaN where the samples say nothing, such as an empty one. */
  readonly pValue: number
  readonly method: 'exact' | 'asymptotic'
}
