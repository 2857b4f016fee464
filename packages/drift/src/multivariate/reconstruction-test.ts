import type { Column } from '@mlwright/domain'
import { ksTwoSample, tally, xoshiro128 } from '@mlwright/stats'
import { finite, type JudgedTest } from '../judged-test.ts'
import { encodePair } from '../peers/nannyml-reconstruction.ts'
import { fewestRows, type TwoTables } from './classifier-test.ts'
import { halves, rowRange } from './halves.ts'
import { principalComponents, reconstructionErrors } from './principal-components.ts'

export interface ReconstructionComparison {
  readonly test: JudgedTest
  /** Mean errors of rows of the reference that the components have not seen, and of the current ones. */
  readonly reference: number
  readonly current: number
}

function pick(column: Column, rows: ArrayLike<number>): Column {
  if (column.type === 'string') return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Whether rows are as far from their reconstruction by principal components as the reference's: the components, and how
 * columns are encoded, come from half of the reference, and the Kolmogorov–Smirnov test compares the errors of the other
 * half with those of the current rows, so that it is exact whatever the distribution. Null for few rows, or where the
 * components miss nothing.
 */
export function reconstructionTest(
  { table, reference, seed }: TwoTables,
  threshold: number,
): ReconstructionComparison | null {
  if (Math.min(reference, table.rows - reference) < fewestRows) return null
  const [learned, judged] = halves(rowRange(0, reference), xoshiro128(seed))
  const others = [...judged, ...rowRange(reference, table.rows)]
  const pairs = [...table.columns.values()]
    .map((column) => encodePair(pick(column, learned), pick(column, others)))
    .filter((pair) => pair !== null)
  if (pairs.length < 2) return null
  const components = principalComponents(pairs.map((pair) => pair.reference))
  if (components.length === pairs.length) return null
  const errors = reconstructionErrors(
    pairs.map((pair) => pair.current),
    components,
  )
  const [before, now] = [errors.subarray(0, judged.length), errors.subarray(judged.length)]
  const { statistic, pValue, method } = ksTwoSample(tally(before), tally(now))
  return {
    test: {
      name: 'reconstruction',
      test: { statistic: finite(statistic), p_value: finite(pValue), method },
      effect: {
        name: 'largest difference of the distribution functions of reconstruction errors',
        value: finite(statistic),
        threshold,
      },
      decides: true,
    },
    reference: mean(before),
    current: mean(now),
  }
}
