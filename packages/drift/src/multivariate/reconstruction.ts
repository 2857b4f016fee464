import type { MultivariateDrift } from '@mlwright/domain'
import { symmetricEigen } from '@mlwright/stats'
import type { JointMoments } from './joint-moments.ts'

/** Share of the variance that the components keep, as NannyML has it. */
const kept = 0.65

/** How many components keep more than the share. scikit-learn: PCA(n_components=0.65). */
export function componentsFor(variances: readonly number[]): number {
  const total = variances.reduce((sum, value) => sum + value, 0)
  let sum = 0
  let count = 0
  while (count < variances.length && sum / total <= kept) sum += variances[count++]!
  return count
}

/**
 * Root mean square per row of what the principal components of the reference miss of the standardised columns, in the
 * reference and now. It follows from means and covariances alone. Null where a column has only one value, or the
 * components miss nothing.
 */
export function reconstruction(before: JointMoments, now: JointMoments): MultivariateDrift['reconstruction'] {
  const columns = before.names.length
  const sd = before.names.map((_, i) => Math.sqrt(before.covariance(i, i)))
  if (columns < 2 || sd.some((value) => !(value > 0))) return null
  const matrix = (cell: (i: number, k: number) => number) =>
    before.names.map((_, i) => before.names.map((_, k) => cell(i, k) / (sd[i]! * sd[k]!)))
  const own = matrix((i, k) => before.covariance(i, k))
  // Around the means of the reference.
  const other = matrix((i, k) => now.covariance(i, k) + (now.mean(i) - before.mean(i)) * (now.mean(k) - before.mean(k)))
  const { values, vectors } = symmetricEigen(own)
  const components = componentsFor(values)
  if (components === columns) return null
  const missed = (moments: readonly (readonly number[])[]) => {
    const all = moments.reduce((sum, row, i) => sum + row[i]!, 0)
    const seen = vectors
      .slice(0, components)
      .reduce(
        (sum, vector) =>
          sum +
          moments.reduce((total, row, i) => total + vector[i]! * row.reduce((s, v, k) => s + v * vector[k]!, 0), 0),
        0,
      )
    return Math.sqrt(Math.max(0, all - seen))
  }
  return { components, columns, reference: missed(own), current: missed(other) }
}
