/** Eigenvalues, largest first, and for each its unit vector. */
export interface Eigen {
  readonly values: number[]
  readonly vectors: Float64Array[]
}

const sweeps = 60

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations (Golub and Van Loan, Matrix Computations,
 * 4th ed., 8.5). numpy: linalg.eigh, in falling order.
 * @param matrix rows of equal length; only what is there is read, nothing is changed.
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): Eigen {
  const n = matrix.length
  const a = matrix.map((row) => Float64Array.from(row))
  const v = matrix.map((_, i) => Float64Array.from({ length: n }, (_, k) => Number(i === k)))
  const size = Math.sqrt(a.reduce((sum, row) => sum + row.reduce((total, each) => total + each * each, 0), 0))
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let outside = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) outside += a[p]![q]! ** 2
    if (Math.sqrt(outside) <= size * 1e-14) break
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const [rowP, rowQ] = [a[p]!, a[q]!]
        if (rowP[q] === 0) continue
        const theta = (rowQ[q]! - rowP[p]!) / (2 * rowP[q]!)
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
        const c = 1 / Math.hypot(t, 1)
        const s = t * c
        for (const row of a) {
          const [x, y] = [row[p]!, row[q]!]
          row[p] = c * x - s * y
          row[q] = s * x + c * y
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [rowP[k]!, rowQ[k]!]
          rowP[k] = c * x - s * y
          rowQ[k] = s * x + c * y
        }
        for (const row of v) {
          const [x, y] = [row[p]!, row[q]!]
          row[p] = c * x - s * y
          row[q] = s * x + c * y
        }
      }
  }
  const order = [...a.keys()].sort((i, k) => a[k]![k]! - a[i]![i]!)
  return {
    values: order.map((i) => a[i]![i]!),
    vectors: order.map((i) => Float64Array.from(v, (row) => row[i]!)),
  }
}
