import type { Batch, Column } from '@mlwright/domain'
import { type Classifier, classifierTest, reconstructionTest } from '@mlwright/drift'
import { heldOutScores } from '@mlwright/learn'
import { type Random, xoshiro128 } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'
import { compareJoint } from '../../packages/drift/src/multivariate/compare-joint.ts'
import { jointProfile } from './joint-profiles.ts'

const unit = (random: Random) => (random() + 0.5) / 2 ** 32
const normal = (random: Random) => Math.sqrt(-2 * Math.log(unit(random))) * Math.cos(2 * Math.PI * unit(random))
const column = (rows: number, draw: (row: number) => number) =>
  Float64Array.from({ length: rows }, (_, row) => draw(row))

/** Columns that go together in several ways: linearly, in pairs of opposite sign, with few values, rarely. */
function table(random: Random, rows: number) {
  const common = column(rows, () => normal(random))
  return {
    first: column(rows, (row) => common[row]! + normal(random)),
    second: column(rows, (row) => Math.exp(2 * common[row]! + normal(random))),
    folded: column(rows, (row) => (unit(random) < 0.5 ? common[row]! : -common[row]!)),
    few: column(rows, () => Math.floor(12 * unit(random) ** 3)),
    flag: column(rows, (row) => Number(common[row]! + normal(random) > 1)),
    alone: column(rows, () => unit(random) ** 3),
  }
}

/** The same with a text. */
function mixed(random: Random, rows: number): Batch {
  const codes = Int32Array.from({ length: rows }, () => Math.floor(5 * unit(random) ** 2))
  const numbers = Object.entries(table(random, rows)).map(([name, values]): [string, Column] => [
    name,
    { type: 'number', values },
  ])
  const text: Column = { type: 'string', codes, dictionary: ['a', 'b', 'c', 'd', 'e'] }
  return { rows, columns: new Map([...numbers, ['text', text]]) }
}

describe('under no drift', () => {
  it.each([
    [1000, 1000],
    [1000, 250],
    [500, 5000],
    [5000, 500],
  ])(
    '%d against %d rows: the correlations of 15 pairs alarm at 0.05 in 0.03 to 0.07 of 400 draws',
    (n, m) => {
      const random = xoshiro128(n * 3 + m)
      let alarms = 0
      for (let i = 0; i < 400; i++) {
        const reference = jointProfile(table(random, n))
        const joint = compareJoint(reference, jointProfile(table(random, m), reference), 0)
        if (joint!.test.test.p_value! <= 0.05) alarms++
      }
      expect(alarms / 400).toBeGreaterThanOrEqual(0.03)
      expect(alarms / 400).toBeLessThanOrEqual(0.07)
    },
    120_000,
  )

  it.each([
    [300, 200, 600],
    [1500, 120, 200],
  ])(
    '%d against %d rows: a classifier alarms at 0.05 in 0.03 to 0.07 of %d draws',
    async (n, m, draws) => {
      const random = xoshiro128(5)
      let alarms = 0
      for (let i = 0; i < draws; i++) {
        const found = await classifierTest({ table: mixed(random, n + m), reference: n, seed: i }, boosting, 0.55)
        if (found!.test.test.p_value! <= 0.05) alarms++
      }
      expect(alarms / draws).toBeGreaterThanOrEqual(0.03)
      expect(alarms / draws).toBeLessThanOrEqual(0.07)
    },
    120_000,
  )

  it.each([
    [300, 200],
    [1500, 120],
    [200, 1500],
  ])(
    '%d against %d rows: reconstruction errors alarm at 0.05 in 0.03 to 0.07 of 600 draws',
    (n, m) => {
      const random = xoshiro128(n + m)
      let alarms = 0
      for (let i = 0; i < 600; i++) {
        const found = reconstructionTest({ table: mixed(random, n + m), reference: n, seed: i }, 0.05)
        if (found!.test.test.p_value! <= 0.05) alarms++
      }
      expect(alarms / 600).toBeGreaterThanOrEqual(0.03)
      expect(alarms / 600).toBeLessThanOrEqual(0.07)
    },
    120_000,
  )
})

/** The trainer of the action. */
const boosting: Classifier = async ({ table: rows, labels, learn, judge, seed }) => {
  const features = featuresOf(rows)
  const classes = ['reference', 'current']
  const set = {
    table: rows,
    rows: learn,
    validation: judge,
    labels,
    task: 'classification' as const,
    classes,
    features,
  }
  return { scores: (await heldOutScores(set, { rounds: 40, leaves: 8 }, seed)).scores, importance: [] }
}

const featuresOf = ({ columns }: Batch) => [...columns].map(([name, { type }]) => ({ name, type }))
