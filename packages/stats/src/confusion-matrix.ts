import { unitWeights, type Weights } from './weights.ts'

/** classes × classes counts in row-major order: the row is the actual class, the column the predicted one. */
export interface Confusion {
  readonly classes: number
  readonly counts: Float64Array
}

/** Counts actual against predicted class positions. */
export function confusionMatrix(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): (weights?: Weights) => Confusion {
  const cells = Int32Array.from(actual, (label, row) => label * classes + predicted[row]!)
  const once = unitWeights(cells.length)
  return (weights = once) => {
    const counts = new Float64Array(classes * classes)
    for (let row = 0; row < cells.length; row++) counts[cells[row]!]! += weights[row]!
    return { classes, counts }
  }
}

/** Per class: rows that are of it and predicted as it, rows that are of it, rows predicted as it. */
export function confusionSums({ classes, counts }: Confusion) {
  const hits = new Float64Array(classes)
  const actual = new Float64Array(classes)
  const predicted = new Float64Array(classes)
  let total = 0
  for (let i = 0; i < classes; i++) {
    hits[i] = counts[i * classes + i]!
    for (let j = 0; j < classes; j++) {
      const count = counts[i * classes + j]!
      actual[i]! += count
      predicted[j]! += count
      total += count
    }
  }
  return { hits, actual, predicted, total }
}
