import { solveCholesky } from './cholesky.ts'
import type { Design } from './design.ts'

/**
 * Minimises the sum of squared errors plus l2 times the squared coefficients, by the normal equations; returns the
 * coefficients and, last, the intercept, which is not penalised. Source: Hoerl & Kennard 1970.
 */
export function ridge(design: Design, targets: Float64Array, l2: number): Float64Array {
  const { rows, width, dense, levels, size } = design
  const n = size + 1
  const gram = new Float64Array(n * n)
  const right = new Float64Array(n)
  const cells = width + levels.length + 1
  const place = new Int32Array(cells)
  const value = new Float64Array(cells).fill(1)
  for (let j = 0; j < width; j++) place[j] = j
  place[cells - 1] = size
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) value[j] = dense[i * width + j]!
    for (let l = 0; l < levels.length; l++) place[width + l] = levels[l]!.offset + levels[l]!.codes[i]!
    const target = targets[i]!
    for (let a = 0; a < cells; a++) {
      const row = place[a]! * n
      const amount = value[a]!
      if (amount === 0) continue
      right[place[a]!]! += amount * target
      for (let b = 0; b <= a; b++) gram[row + place[b]!]! += amount * value[b]!
    }
  }
  for (let j = 0; j < size; j++) gram[j * n + j]! += l2
  return solveCholesky(gram, right)
}
