import { budgetHistory, type ErrorBudget, type Look, spendBudget } from '@mlwright/drift'
import { describe, expect, it } from 'vitest'

/** What a year of looks at new data spends, each knowing all earlier ones. */
function year(budget: ErrorBudget, runs: number, columns: number): number[] {
  const looks: Look[] = []
  for (let run = 0; run < runs; run++) {
    const own = { look: `r${run}`, data: `d${run}` }
    const { alpha } = spendBudget({ ...budget, history: budgetHistory(looks, own) }, columns)
    looks.push({ ...own, spent: alpha * columns })
  }
  return looks.map(({ spent }) => spent)
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the error budget', () => {
  it('is shared among columns and runs, and says what it expects', () => {
    expect(spendBudget({ falseAlarms: 1, runs: 52 }, 20)).toEqual({ alpha: 1 / 1040, expected: 1 })
    expect(spendBudget({ falseAlarms: 0, runs: 52 }, 20)).toEqual({ alpha: 0, expected: 0 })
    // Never more than 0.05 per column and run, so a large budget is not spent in full.
    expect(spendBudget({ falseAlarms: 500, runs: 52 }, 20)).toEqual({ alpha: 0.05, expected: 52 })
  })

  it('holds however often a schedule runs: a run too many has half of what is left, and none is blind', () => {
    const weekly = year({ falseAlarms: 1, runs: 52 }, 52, 20)
    expect(new Set(weekly.slice(0, 51).map((spent) => spent.toFixed(12)))).toEqual(new Set([(1 / 52).toFixed(12)]))
    expect(weekly[51]).toBeCloseTo(1 / 104, 12)
    const daily = year({ falseAlarms: 1, runs: 52 }, 90, 20)
    expect(sum(daily)).toBeLessThanOrEqual(1)
    expect(Math.min(...daily)).toBeGreaterThan(0)
  })

  it('is not spent by runs that did not come, and not twice by one that comes again', () => {
    const looks = [
      { look: 'a', data: '1', spent: 0.2 },
      { look: 'b', data: '2', spent: 0.1 },
      { look: 'c', data: '2', spent: 0.05 },
    ]
    // Two looks at the same data cost what the dearer one does.
    expect(budgetHistory(looks, { look: 'd', data: '3' })).toEqual({ spent: expect.closeTo(0.3), looks: 3, again: 0 })
    // The same run again, though its data has changed.
    expect(budgetHistory(looks, { look: 'a', data: '4' })).toEqual({ spent: 0.1, looks: 2, again: 0 })
    // Another run on data that was looked at: what that has cost is not counted against it.
    expect(budgetHistory(looks, { look: 'd', data: '2' })).toEqual({ spent: expect.closeTo(0.2), looks: 3, again: 0.1 })
    expect(budgetHistory([], { look: 'a', data: '1' })).toEqual({ spent: 0, looks: 0, again: 0 })
  })
})
