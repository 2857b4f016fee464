import { symmetricEigen } from '@mlwright/stats'
import { componentsFor } from './reconstruction.ts'

function correlations(columns: readonly Float64Array[]): number[][] {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, row) => sum + value * b[row]!, 0)
  const matrix = columns.map((column) => columns.map(() => column.length))
  for (const [i, a] of columns.entries())
    for (let k = i; k < columns.length; k++) matrix[i]![k] = matrix[k]![i] = dot(a, columns[k]!) / a.length
  return matrix
}

/** The principal components that keep 65 % of the variance of standardised columns. scikit-learn: PCA(n_components=0.65). */
export function principalComponents(columns: readonly Float64Array[]): Float64Array[] {
  const { values, vectors } = symmetricEigen(correlations(columns))
  return vectors.slice(0, componentsFor(values))
}

/** How far each row is from what the components make of it. */
export function reconstructionErrors(
  columns: readonly Float64Array[],
  components: readonly Float64Array[],
): Float64Array {
  const row = new Float64Array(columns.length)
  const rest = new Float64Array(columns.length)
  return Float64Array.from({ length: columns[0]?.length ?? 0 }, (_, at) => {
    for (const [i, column] of columns.entries()) rest[i] = row[i] = column[at]!
    for (const component of components) {
      let along = 0
      for (let i = 0; i < row.length; i++) along += row[i]! * component[i]!
      for (let i = 0; i < row.length; i++) rest[i]! -= along * component[i]!
    }
    return Math.hypot(...rest)
  })
}
