import { type NumberProfile, UserError } from '@mlwright/domain'
import { binnedHomogeneityTest, homogeneityTest, ksPValue, totalVariation, wassersteinBinned } from '@mlwright/stats'
import { decileCells } from './decile-cells.ts'
import { distances } from './distances.ts'
import type { ExactNumbers } from './exact-numbers.ts'
import { type Comparison, finite } from './judged-test.ts'
import { newValues } from './new-values.ts'
import type { Thresholds } from './thresholds.ts'

/**
 * Up to so many values, which repeat, a number is tested as a category: ties would make the Kolmogorov–Smirnov test blind.
 * In a small sample few values are not all that there are.
 */
const fewValues = 20
const rowsPerValue = 3

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/** D over the edges: never more than over all values, so its p-value is conservative. */
function ksOnEdges(a: readonly number[], b: readonly number[]) {
  const [m, n] = [sum(a), sum(b)]
  let belowA = 0
  let belowB = 0
  let statistic = 0
  for (const [k, count] of a.entries()) {
    belowA += count
    belowB += b[k]!
    statistic = Math.max(statistic, Math.abs(belowA / m - belowB / n))
  }
  return { statistic, pValue: ksPValue(statistic, m, n).pValue, method: 'conservative' as const }
}

/** Compares numbers by their counts on common edges, and by their values where those are at hand. */
export function compareNumbers(
  name: string,
  reference: NumberProfile,
  current: NumberProfile,
  thresholds: Pick<Thresholds, 'numbers' | 'newCategories'>,
  exact?: ExactNumbers,
): Comparison {
  const threshold = thresholds.numbers
  const { edges, counts: a } = reference
  const { counts: b } = current
  if (edges.length !== current.edges.length || edges.some((edge, i) => edge !== current.edges[i]))
    throw new UserError(
      'RECORD_INVALID',
      `The profiles of ${name} have different edges; make the current one against the reference.`,
    )
  const few = reference.discrete && edges.length <= fewValues && sum(a) >= rowsPerValue * edges.length
  const ks = exact?.ks ?? ksOnEdges(a, b)
  const chi2 = few ? homogeneityTest(a, b) : binnedHomogeneityTest(a, b)
  const cells = few ? ([a, b] as const) : decileCells(a, b)
  const range = {
    smallest: Math.min(reference.min, current.min),
    largest: Math.max(reference.max, current.max),
    steps: reference.discrete && a.at(-1) === 0 && b.at(-1) === 0,
  }
  const value = finite(few ? totalVariation(a, b) : totalVariation(...cells))
  return {
    tests: [
      {
        name: 'ks',
        test: { statistic: finite(ks.statistic), p_value: finite(ks.pValue), method: ks.method },
        effect: { name: 'largest difference of the distribution functions', value: finite(ks.statistic), threshold },
        decides: !few,
      },
      {
        name: 'chi2',
        test: { statistic: finite(chi2.statistic), p_value: finite(chi2.pValue), method: chi2.method },
        effect: { name: 'share of rows that moved to another cell', value, threshold },
        decides: few || exact === undefined,
      },
      // Between the values of the reference the counts do not see.
      ...(few ? newValues(reference, current, thresholds.newCategories) : []),
    ],
    distances: {
      wasserstein: finite(exact?.wasserstein ?? wassersteinBinned(edges, a, b, range)),
      ...distances(...cells),
    },
  }
}
