import type { TrainingSet } from '../training-set.ts'
import type { Design } from './design.ts'

/** Per feature, the sum of its coefficients' sizes times the standard deviation of what they multiply. */
export function coefficientSizes(set: TrainingSet, design: Design, theta: Float64Array, outputs: number): Float64Array {
  const { rows, numbers, levels, size } = design
  const sizes = new Float64Array(set.features.length)
  const deviation = (share: number) => Math.sqrt(share * (1 - share))
  for (let k = 0; k < outputs; k++) {
    const base = k * (size + 1)
    numbers.forEach(({ column, indicator }, at) => {
      sizes[column.feature]! += Math.abs(theta[base + at]!)
      if (indicator < 0) return
      let missing = 0
      for (let i = 0; i < rows; i++) missing += design.dense[i * design.width + indicator]!
      sizes[column.feature]! += Math.abs(theta[base + indicator]!) * deviation(missing / rows)
    })
    for (const { column, offset, count, codes } of levels) {
      const counts = new Float64Array(count)
      for (let i = 0; i < rows; i++) counts[codes[i]!]!++
      for (let code = 0; code < count; code++)
        sizes[column.feature]! += Math.abs(theta[base + offset + code]!) * deviation(counts[code]! / rows)
    }
  }
  return sizes
}
