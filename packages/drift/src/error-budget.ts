/** A column may never spend more than this in one run, however large the budget is. */
const largestAlpha = 0.05

/** How false alarms are shared out. */
export interface ErrorBudget {
  /** False alarms a year that are acceptable. */
  readonly falseAlarms: number
  /** Scheduled runs a year. */
  readonly runs: number
}

/** Once a week. */
export const defaultBudget: ErrorBudget = { falseAlarms: 1, runs: 52 }

/**
 * The level at which one column may be tested in one run, by a union bound over columns and runs: the expected number of
 * false alarms is at most alpha × columns × runs, however much columns and runs (which share one reference) depend on
 * each other.
 */
export function spendBudget({ falseAlarms, runs }: ErrorBudget, columns: number): { alpha: number; expected: number } {
  if (columns === 0) return { alpha: 0, expected: 0 }
  const alpha = Math.min(largestAlpha, falseAlarms / (columns * runs))
  return { alpha, expected: alpha * columns * runs }
}
