import { profileAgainst, profileTable } from '@mlwright/data'
import { compareProfiles } from '@mlwright/drift'
import { describe, expect, it } from 'vitest'
import { engine, table } from '../data/tables.ts'

/** Whatever the size of an effect: the level of the tests is at stake. */
const thresholds = { numbers: 0, categories: 0, missing: 0, newCategories: 0.01, correlation: 1, area: 1 }

/** The share of columns that alarm at 0.05, of which each is drawn twice from the same distribution; `u` is uniform. */
async function alarms(columns: number, value: string, before: number, now: number): Promise<number> {
  const budget = { falseAlarms: 0.05 * columns, runs: 1 }
  const draw = (name: string, side: number, rows: number) => {
    const uniform = (k: number) => `((hash(i * 100003 + ${2 * k + side}) % 1000003 + 0.5) / 1000003.0)`
    const select = Array.from({ length: columns }, (_, k) => `${value.replaceAll('u', uniform(k))} AS c${k}`)
    return table(`${name}.parquet`, `SELECT ${select.join(', ')} FROM range(${rows}) t(i)`)
  }
  const reference = await profileTable(engine, await draw('before', 0, before))
  const current = await profileAgainst(engine, await draw('now', 1, now), reference)
  const report = compareProfiles({ ...reference, joint: null }, current, { budget, thresholds })
  expect(report.budget.alpha).toBeCloseTo(0.05, 12)
  return Object.values(report.columns).filter(({ drifted }) => drifted).length / columns
}

describe('a reference that does not know all values', () => {
  it.each([
    [100, 'texts', "'v' || least(1000, floor(u ** -1.2))", 300, 300],
    [300, 'whole numbers', 'least(1000, floor(u ** -1.2))', 60, 1000],
    [300, 'whole numbers', 'least(1000, floor(u ** -1.2))', 20, 5000],
    [300, 'numbers', '-ln(u)', 20, 500],
    [300, 'numbers', '-ln(u)', 1, 1000],
    [50, 'names', "'n' || u", 2, 1000],
    [50, 'names', "'n' || u", 1, 1000],
  ])('rings no more often than it should: %d columns of %s like %s, %d against %d rows', async (...given) => {
    const [columns, , value, before, now] = given
    expect(await alarms(columns, value, before, now)).toBeLessThanOrEqual(0.1)
  })
})
