import { type Statistic, unitWeights } from './weights.ts'

/** Of an even number of rows the mean of the middle two. scikit-learn: median_absolute_error. */
export function medianAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>): Statistic {
  const errors = Float64Array.from(actual, (value, row) => Math.abs(value - predicted[row]!))
  const order = Int32Array.from(errors, (_, row) => row).sort((a, b) => errors[a]! - errors[b]!)
  const once = unitWeights(errors.length)
  return (weights = once) => {
    let rows = 0
    for (let row = 0; row < weights.length; row++) rows += weights[row]!
    const low = Math.floor((rows - 1) / 2)
    let seen = 0
    let lower = Number.NaN
    for (const row of order) {
      if (weights[row] === 0) continue
      seen += weights[row]!
      if (seen > low && Number.isNaN(lower)) lower = errors[row]!
      if (seen > rows / 2 || (rows % 2 === 1 && seen > low)) return (lower + errors[row]!) / 2
    }
    return Number.NaN
  }
}
