import { type Statistic, unitWeights } from './weights.ts'

/**
 * Share of the variance that is explained; undefined below two rows, and for a constant target 1 where every
 * prediction is right, else 0. scikit-learn: r2_score.
 */
export function r2(actual: ArrayLike<number>, predicted: ArrayLike<number>): Statistic {
  const values = Float64Array.from(actual)
  const squares = values.map((value, row) => (value - predicted[row]!) ** 2)
  const once = unitWeights(values.length)
  return (weights = once) => {
    let rows = 0
    let sum = 0
    let residual = 0
    for (let row = 0; row < values.length; row++) {
      const weight = weights[row]!
      if (weight === 0) continue
      rows += weight
      sum += weight * values[row]!
      residual += weight * squares[row]!
    }
    if (rows < 2) return Number.NaN
    const mean = sum / rows
    let total = 0
    for (let row = 0; row < values.length; row++) total += weights[row]! * (values[row]! - mean) ** 2
    if (total === 0) return residual === 0 ? 1 : 0
    return 1 - residual / total
  }
}
