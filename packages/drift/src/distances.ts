import { hellinger, jensenShannon, lInfinity, populationStability } from '@mlwright/stats'
import { finite } from './judged-test.ts'

/** Distances between counts of the same cells. */
export function distances(reference: ArrayLike<number>, current: ArrayLike<number>) {
  return {
    js: finite(jensenShannon(reference, current)),
    psi: finite(populationStability(reference, current)),
    hellinger: finite(hellinger(reference, current)),
    linf: finite(lInfinity(reference, current)),
  }
}

const cells =
  'numbers: ten bins of the reference with about a tenth of its rows each, or its values where it has at most 20 that repeat; ' +
  'categories: one cell per value, or 32 hash buckets where the reference does not list all of them'

/** What the report's distances are. */
export const distanceDefinitions: Readonly<Record<string, string>> = {
  wasserstein: 'First Wasserstein distance in the unit of the column; from bins where a profile was the reference.',
  js: `Jensen–Shannon distance, natural logarithm, 0 to 0.8326, over cells (${cells}).`,
  psi: `psi.decile: Σ (r − c) ln(r / c) over the same cells, shares below 0.0001 taken as 0.0001.`,
  hellinger: 'Hellinger distance, 0 to 1, over the same cells.',
  linf: 'Largest difference of a share, over the same cells.',
}
