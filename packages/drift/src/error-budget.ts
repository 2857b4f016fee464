/** A column may never spend more than this in one run, however large the budget is. */
const largestAlpha = 0.05

/** How false alarms are shared out. */
export interface ErrorBudget {
  /** False alarms a year that are acceptable. */
  readonly falseAlarms: number
  /** Scheduled runs a year. */
  readonly runs: number
  /** What the year's other looks have spent, and how many they were; absent where nobody keeps count. */
  readonly history?: BudgetHistory
}

export interface BudgetHistory {
  readonly spent: number
  readonly looks: number
  /** What an earlier look at the same data has spent: looking again is no new chance of a false alarm. */
  readonly again: number
}

/** One look at data: which one it was, what it looked at, and the false alarms that it may have cost. */
export interface Look {
  readonly look: string
  readonly data: string
  readonly spent: number
}

/** Once a week. */
export const defaultBudget: ErrorBudget = { falseAlarms: 1, runs: 52 }

/** What a look of a year may not spend again. The same look, done again, replaces itself; looks at the same data count once. */
export function budgetHistory(looks: readonly Look[], own: Omit<Look, 'spent'>): BudgetHistory {
  const others = looks.filter(({ look }) => look !== own.look)
  const byData = new Map<string, number>()
  for (const { data, spent } of others) byData.set(data, Math.max(spent, byData.get(data) ?? 0))
  const again = byData.get(own.data) ?? 0
  const total = [...byData.values()].reduce((sum, spent) => sum + spent, 0)
  return { spent: total - again, looks: others.length, again }
}

export interface SpentBudget {
  /** The level at which each share may be tested in this run. */
  readonly alpha: number
  /** False alarms to expect in a year at this setting. */
  readonly expected: number
}

/**
 * The level at which one share may be tested in one run, by a union bound over shares and runs: the expected number of
 * false alarms is at most alpha × shares × runs, however much shares and runs (which share one reference) depend on
 * each other. A run that comes when the year's budget is all but spent has half of what is left, so that the budget
 * holds however often the schedule runs.
 * @param shares how many share it: columns, all of them together where those are tested too, and the performance.
 */
export function spendBudget({ falseAlarms, runs, history }: ErrorBudget, shares: number): SpentBudget {
  if (shares === 0) return { alpha: 0, expected: 0 }
  const planned = Math.min(largestAlpha, falseAlarms / (shares * runs))
  const left = history ? Math.max(0, falseAlarms - history.spent) : Infinity
  const tight = left < planned * shares * (1 + 1e-9)
  return { alpha: tight ? left / (2 * shares) : planned, expected: planned * shares * runs }
}
