import { assignSplit } from '@mlwright/data'
import { describe, expect, it } from 'vitest'

const keys = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `row ${from + i}`)
const count = (parts: Uint8Array, part: number) => parts.filter((value) => value === part).length

describe('assignSplit', () => {
  const random = { method: 'random', test: 0.2, validation: 0.1, seed: 7 } as const

  it('gives every stratum its share, rounded to whole rows', () => {
    const strata = Int32Array.from({ length: 1003 }, (_, row) => (row % 17 === 0 ? 1 : 0))
    const parts = assignSplit(random, { keys: keys(1003), strata, column: null })
    const rare = parts.filter((_, row) => strata[row] === 1)
    // 1003 rows, 59 of them in the rare stratum: round(0.2 * 59) = 12, round(0.3 * 59) - 12 = 6
    expect([count(rare, 2), count(rare, 1)]).toEqual([12, 6])
    // round(0.2 * 944) = 189 more, round(0.3 * 944) - 189 = 94 more
    expect([count(parts, 2), count(parts, 1)]).toEqual([201, 100])
  })

  it('moves almost nobody when rows are added, and ignores the order of rows', () => {
    const before = assignSplit(random, { keys: keys(5000), strata: null, column: null })
    const after = assignSplit(random, { keys: [...keys(200, 5000), ...keys(5000)], strata: null, column: null }).slice(
      200,
    )
    const moved = before.filter((part, row) => part !== after[row]).length
    expect(moved).toBeLessThan(30)
  })

  it('splits by time without parting equal times', () => {
    const values = Float64Array.from([5, 1, 2, 9, 9, 3, Number.NaN, 9, 4, 6])
    const split = { method: 'time', column: 't', test: 0.2, validation: 0.3 } as const
    const parts = assignSplit(split, { keys: keys(10), strata: null, column: { type: 'date', values } })
    // nine times, two wanted for the test: the three 9s stay together; five wanted in all: 5 and 6 validate
    expect([...parts]).toEqual([1, 0, 0, 2, 2, 0, 0, 2, 0, 1])
  })

  it('keeps groups together, whatever rows are added to other groups', () => {
    const codes = Int32Array.from({ length: 600 }, (_, row) => Math.floor(Math.sqrt(row)))
    const dictionary = Array.from({ length: 25 }, (_, i) => `g${i}`)
    const split = { method: 'group', column: 'g', test: 0.3, seed: 7 } as const
    const parts = assignSplit(split, { keys: keys(600), strata: null, column: { type: 'string', codes, dictionary } })
    for (const group of new Set(codes)) expect(new Set(parts.filter((_, row) => codes[row] === group)).size).toBe(1)
    expect(Math.abs(count(parts, 2) - 180)).toBeLessThanOrEqual(25)
  })

  it('takes the parts from a column, and refuses one that says something else', () => {
    const dictionary = ['TEST', 'train', 'validation', 'holdout']
    const column = (codes: number[]) => ({ type: 'string', codes: Int32Array.from(codes), dictionary }) as const
    const split = { method: 'column', column: 'part' } as const
    expect([...assignSplit(split, { keys: keys(3), strata: null, column: column([1, 0, 2]) })]).toEqual([0, 2, 1])
    expect(() => assignSplit(split, { keys: keys(2), strata: null, column: column([1, 3]) })).toThrow(
      'split.column part has "holdout" in row 2',
    )
    expect(() => assignSplit(split, { keys: keys(2), strata: null, column: column([-1, 0]) })).toThrow(
      'no value in row 1',
    )
  })
})
