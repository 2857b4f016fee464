import type { Column } from '@mlwright/domain'
import { type LabelledData, leakageFindings } from '@mlwright/scoring'
import { expect, it } from 'vitest'
import { numbers, text } from './fixture.ts'

const rows = 300
/** A fixed scatter of 0 to 1 without a pattern in the rows. */
const scatter = (row: number) => (row * 0.618034) % 1
const labels = Float64Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 1 : 0))

function find(columns: Record<string, Column>, change: Partial<LabelledData> = {}) {
  return leakageFindings({
    table: { rows, columns: new Map(Object.entries(columns)) },
    labels,
    classes: ['no', 'yes'],
    task: 'classification',
    features: Object.keys(columns).map((name) => ({ name })),
    train: Int32Array.from({ length: 240 }, (_, row) => row),
    test: Int32Array.from({ length: 60 }, (_, row) => 240 + row),
    ...change,
  })
}

const each = (make: (label: number, row: number) => number) => numbers(Array.from(labels, make))
const harmless = each((_, row) => scatter(row))

it('finds nothing in features that do not know the answer', () => {
  expect(find({ harmless, plan: text(Array.from(labels, (_, row) => ['x', 'y', null][row % 3]!)) })).toEqual([])
})

it.each([
  ['a number', each((label, row) => label * 2 + scatter(row))],
  ['a number that falls', each((label, row) => scatter(row) - label * 2)],
  ['a category', text(Array.from(labels, (label, row) => (label === 1 ? 'gone' : row % 2 ? 'here' : 'there')))],
  ['a number that is missing', each((label, row) => (label === 1 ? Number.NaN : scatter(row)))],
  ['a text that is missing', text(Array.from(labels, (label, row) => (label === 0 ? null : `t${row}`)))],
  ['a flag', { type: 'boolean', values: labels } as const],
])('finds %s that is the target', (_, leak) => {
  expect(find({ harmless, leak })).toEqual([
    {
      rule: 'leakage',
      level: 'warn',
      column: 'leak',
      message:
        'The feature leak alone reaches a ROC AUC of 1.000; check that it is known when the model has to predict.',
      location: null,
      count: null,
      share: null,
      examples: [],
    },
  ])
})

it('does not take an id for a leak', () => {
  expect(find({ harmless, id: text(Array.from(labels, (_, row) => `c${row}`)) })).toEqual([])
})

it('finds a feature that says one class of several', () => {
  const three = Float64Array.from(labels, (_, row) => row % 3)
  const found = find(
    { harmless, leak: numbers(Array.from(three, (label, row) => (label === 1 ? 5 : 0) + scatter(row))) },
    { labels: three, classes: ['a', 'b', 'c'] },
  )
  expect(found.map(({ column }) => column)).toEqual(['leak'])
})

it('finds a number that orders the rows as the target does', () => {
  const price = Float64Array.from(labels, (_, row) => 100 * scatter(row) ** 2)
  const found = find(
    { harmless: each((_, row) => (row * 7) % 11), leak: numbers(price.map((value) => -Math.log(value + 1))) },
    { task: 'regression', classes: [], labels: price },
  )
  expect(found.map(({ message }) => message)).toEqual([
    'The feature leak alone reaches a rank correlation of 1.000 with the target; check that it is known when the model has to predict.',
  ])
})

it('looks at training rows only', () => {
  const late = each((label, row) => (row < 240 ? scatter(row) : label * 2))
  expect(find({ late, harmless }).filter(({ rule }) => rule === 'leakage')).toEqual([])
})

it('counts test rows that equal a training row in every feature', () => {
  const twice = each((_, row) => (row >= 285 ? scatter(row - 285) : scatter(row)))
  const plan = text(Array.from(labels, (_, row) => (row >= 297 ? 'z' : null)))
  expect(find({ twice, plan })).toEqual([
    {
      rule: 'train-test-overlap',
      level: 'warn',
      column: null,
      message:
        '12 test rows (20.0 %) have the same feature values as a training row; split by group, or remove duplicates, if they are the same thing twice.',
      location: null,
      count: 12,
      share: 0.2,
      examples: [],
    },
  ])
})

it('says nothing of features that the data lack, and nothing without rows', () => {
  const features = [{ name: 'harmless' }, { name: 'absent' }]
  expect(find({ harmless }, { features })).toEqual([])
  expect(find({ harmless }, { train: new Int32Array(), test: new Int32Array() })).toEqual([])
})
