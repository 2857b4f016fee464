import type { Column } from '@mlwright/domain'
import { featureFindings } from '@mlwright/scoring'
import { expect, it } from 'vitest'
import { numbers, text } from './fixture.ts'

/** 100 rows, of which the first 70 train. */
const rows = Array.from({ length: 100 }, (_, row) => row)

function rulesFor(columns: Record<string, Column>, train = 70): (string | null)[][] {
  const found = featureFindings({
    table: { rows: rows.length, columns: new Map(Object.entries(columns)) },
    labels: Float64Array.from(rows, (row) => Number(row % 3 === 0)),
    classes: ['no', 'yes'],
    task: 'classification',
    features: Object.keys(columns).map((name) => ({ name })),
    train: Int32Array.from(rows.slice(0, train)),
    test: Int32Array.from(rows.slice(train)),
  })
  expect(found.every(({ level }) => level === 'warn')).toBe(true)
  return found.map(({ rule, column }) => [rule, column])
}

const number = (value: (row: number) => number) => numbers(rows.map(value))
const word = (value: (row: number) => string | null) => text(rows.map(value))

it('warns of features with one value or none in the training rows, whatever the test rows hold', () => {
  const columns = {
    year: number(() => 2026),
    country: word((row) => (row < 70 ? 'NZ' : 'AU')),
    empty: number(() => Number.NaN),
    late: word((row) => (row < 70 ? null : 'x')),
  }
  expect(rulesFor(columns)).toEqual([
    ['constant', 'year'],
    ['constant', 'country'],
    ['all-missing', 'empty'],
    ['all-missing', 'late'],
  ])
})

it('leaves alone one value that is sometimes missing, for that may say something', () => {
  expect(rulesFor({ flag: word((row) => (row % 5 === 0 ? 'yes' : null)) })).toEqual([])
})

it('takes texts and counting numbers that never repeat for ids', () => {
  expect(rulesFor({ name: word((row) => `c${row}`), number: number((row) => 5000 + row * 3) })).toEqual([
    ['identifier', 'name'],
    ['identifier', 'number'],
  ])
})

it('takes no text in words for an id', () => {
  expect(rulesFor({ review: word((row) => `good ${row}`) })).toEqual([])
})

it('takes no measurement for an id: fractions, dates, and whole numbers too far apart to repeat', () => {
  const date: Column = { type: 'date', values: Float64Array.from(rows, (row) => 20_000 + row) }
  expect(rulesFor({ weight: number((row) => row / 7), revenue: number((row) => row * 8_191), date })).toEqual([])
})

it('says nothing of so few rows that chance would do', () => {
  expect(rulesFor({ name: word((row) => `c${row}`), year: number(() => 2026) }, 12)).toEqual([])
})
