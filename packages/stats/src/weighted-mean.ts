import { type Statistic, unitWeights } from './weights.ts'

/** The mean of some values; undefined without rows. */
export function weightedMean(values: ArrayLike<number>): Statistic {
  const once = unitWeights(values.length)
  return (weights = once) => {
    let sum = 0
    let count = 0
    for (let row = 0; row < values.length; row++) {
      const weight = weights[row]!
      if (weight === 0) continue
      sum += weight * values[row]!
      count += weight
    }
    return sum / count
  }
}
