/** A pivot smaller than this share of its diagonal element is a column that the ones before it already express. */
const ALIASED = 1e-10

/**
 * Solves A x = b for a symmetric positive semidefinite A (row-major, lower triangle), which it overwrites. A variable that
 * depends on those before it gets 0. Source: Golub & Van Loan 2013, algorithm 4.2.2.
 */
export function solveCholesky(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  const x = right.slice()
  for (let j = 0; j < size; j++) {
    const whole = matrix[j * size + j]!
    let pivot = whole
    for (let k = 0; k < j; k++) pivot -= matrix[j * size + k]! ** 2
    const root = pivot > ALIASED * whole ? Math.sqrt(pivot) : 0
    matrix[j * size + j] = root
    for (let i = j + 1; i < size; i++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!
      matrix[i * size + j] = root > 0 ? sum / root : 0
    }
  }
  for (let i = 0; i < size; i++) {
    const root = matrix[i * size + i]!
    let sum = x[i]!
    for (let k = 0; k < i; k++) sum -= matrix[i * size + k]! * x[k]!
    x[i] = root > 0 ? sum / root : 0
  }
  for (let i = size - 1; i >= 0; i--) {
    const root = matrix[i * size + i]!
    let sum = x[i]!
    for (let k = i + 1; k < size; k++) sum -= matrix[k * size + i]! * x[k]!
    x[i] = root > 0 ? sum / root : 0
  }
  return x
}
