import type { Batch } from '@mlwright/domain'
import { mannWhitney, xoshiro128 } from '@mlwright/stats'
import { finite, type JudgedTest } from '../judged-test.ts'
import { halves, rowRange } from './halves.ts'

/** Fewer rows of a table teach nothing. */
export const fewestRows = 40

/** Rows of both tables, those of the reference first. */
export interface TwoTables {
  readonly table: Batch
  /** How many of the rows are the reference's. */
  readonly reference: number
  /** Draws the rows to learn from. */
  readonly seed: number
}

/** What is learned from: 0 for rows of the reference, 1 for current ones. */
export interface LearnedRows {
  readonly table: Batch
  readonly labels: Float64Array
  readonly learn: Int32Array
  /** Rows to score. */
  readonly judge: Int32Array
  readonly seed: number
}

/** Learns to tell rows apart; returns a score for each row to judge, and what it relies on, largest first. */
export type Classifier = (rows: LearnedRows) => Promise<{
  readonly scores: ArrayLike<number>
  readonly importance: readonly { readonly column: string; readonly share: number }[]
}>

export interface ClassifierComparison {
  readonly test: JudgedTest
  readonly importance: readonly { readonly column: string; readonly share: number }[]
  readonly rows: { readonly reference: number; readonly current: number; readonly seed: number }
}

/**
 * Classifier two-sample test (Lopez-Paz and Oquab, 2017): learns on half of the rows to tell the tables apart, and tests
 * on the other half whether it can, by the Mann–Whitney test of its scores. Given the classifier those are independent,
 * so that the p-value holds whatever was learned. Null where a table has too few rows.
 */
export async function classifierTest(
  { table, reference, seed }: TwoTables,
  learn: Classifier,
  threshold: number,
): Promise<ClassifierComparison | null> {
  const current = table.rows - reference
  if (Math.min(reference, current) < fewestRows) return null
  const random = xoshiro128(seed)
  const labels = Float64Array.from({ length: table.rows }, (_, row) => Number(row >= reference))
  const [before, now] = [halves(rowRange(0, reference), random), halves(rowRange(reference, table.rows), random)]
  const both = (half: 0 | 1) => Int32Array.from([...before[half], ...now[half]])
  const [learned, judge] = [both(0), both(1)]
  const { scores, importance } = await learn({ table, labels, learn: learned, judge, seed })
  const truth = Uint8Array.from(judge, (row) => labels[row]!)
  const { statistic, pValue } = mannWhitney(truth, scores)
  return {
    test: {
      name: 'classifier',
      test: { statistic: finite(statistic), p_value: finite(pValue), method: 'asymptotic' },
      effect: {
        name: 'area under the ROC curve of telling the tables apart',
        value: finite(statistic),
        threshold,
      },
      decides: true,
    },
    importance,
    rows: { reference, current, seed },
  }
}
