import type { Batch, Column } from '@mlwright/domain'
import type { TrainingSet } from '@mlwright/learn'
import { featuresOf } from './read-table.ts'

function uniforms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

const cities = ['Zürich', 'Aarau', 'Bern', 'Genève', 'Łódź', "L'Aquila", '東京', 'Basel']

/**
 * 700 rows of every type of column, with missing values, a constant, an all-missing column and awkward names; made with
 * integer arithmetic, so that it is the same everywhere.
 */
export function smallTable(task: 'binary' | 'multiclass' | 'regression'): { table: Batch; set: TrainingSet } {
  const rows = 700
  const next = uniforms(11)
  const number = (make: (row: number) => number): Column => ({
    type: 'number',
    values: Float64Array.from({ length: rows }, (_, row) => make(row)),
  })
  const age = number(() => (next() < 0.1 ? Number.NaN : Math.floor(next() * 60) / 4 + 18))
  const income = number(() => next() ** 3 * 90_000)
  const member: Column = {
    type: 'boolean',
    values: Float64Array.from({ length: rows }, () => (next() < 0.2 ? Number.NaN : next() < 0.4 ? 1 : 0)),
  }
  const city: Column = {
    type: 'string',
    dictionary: cities,
    codes: Int32Array.from({ length: rows }, () => (next() < 0.1 ? -1 : Math.floor(next() ** 2 * cities.length))),
  }
  const since: Column = {
    type: 'date',
    values: Float64Array.from({ length: rows }, () => (next() < 0.05 ? Number.NaN : 9000 + next() * 9000)),
  }
  const columns = new Map<string, Column>([
    ['age', age],
    ['income "gross", €', income],
    ['member.of', member],
    ['select', city],
    ['since 🎂', since],
    ['constant', number(() => 4)],
    ['nothing', number(() => Number.NaN)],
    ['_1', number(() => (next() < 0.03 ? Number.POSITIVE_INFINITY : next()))],
  ])
  const values = (column: Column) => ('values' in column ? column.values : column.codes)
  const labels = Float64Array.from({ length: rows }, (_, row) => {
    const known = Number.isNaN(values(age)[row]) ? 30 : values(age)[row]!
    const amount =
      (known - 25) / 6 +
      values(income)[row]! / 40_000 +
      (values(city)[row]! % 3) -
      (values(member)[row] === 1 ? 1 : 0) +
      3 * next() -
      1.5
    if (task === 'regression') return amount * 10
    if (task === 'binary') return amount > 1.5 ? 1 : 0
    return amount > 2.5 ? 2 : amount > 0.5 ? 1 : 0
  })
  const table = { rows, columns }
  const features = featuresOf(table, '')
  const classes = task === 'binary' ? ['no', 'yes'] : task === 'multiclass' ? ['a', 'b', 'ç'] : []
  const set: TrainingSet = {
    table,
    rows: Int32Array.from({ length: 500 }, (_, index) => index),
    validation: Int32Array.from({ length: 100 }, (_, index) => 500 + index),
    labels,
    task: task === 'regression' ? 'regression' : 'classification',
    classes,
    features,
  }
  return { table, set }
}
