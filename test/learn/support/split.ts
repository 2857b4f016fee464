import type { Batch } from '@mlwright/domain'
import { classCodes, classesOf } from '@mlwright/domain'
import type { TrainingSet } from '@mlwright/learn'
import { featuresOf } from './read-table.ts'

/** A shuffled stretch of 0..count-1, the same for the same seed. */
export function shuffled(count: number, seed: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  let state = seed >>> 0
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const j = Math.floor((state / 4294967296) * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

/** A classification's training set with every fifth row of a seeded shuffle, by class, kept for the test. */
export function classificationSplit(table: Batch, target: string, positive: string, seed: number) {
  const column = table.columns.get(target)!
  const classes = classesOf(column, positive)
  const labels = Float64Array.from(classCodes(column, classes))
  const order = shuffled(table.rows, seed).sort((a, b) => labels[a]! - labels[b]!)
  const test = order.filter((_, index) => index % 5 === 0).sort((a, b) => a - b)
  const rows = order.filter((_, index) => index % 5 !== 0).sort((a, b) => a - b)
  const set: TrainingSet = {
    table,
    rows: Int32Array.from(rows),
    validation: new Int32Array(),
    labels,
    task: 'classification',
    classes,
    features: featuresOf(table, target),
  }
  return { set, test }
}
