import type { DriftEffect, DriftTest } from '@mlwright/domain'

/** A test with the effect that goes with it, before it is known how much of the budget it may spend. */
export interface JudgedTest {
  readonly name:
    | 'ks'
    | 'chi2'
    | 'missing'
    | 'new_categories'
    | 'new_values'
    | 'correlation'
    | 'classifier'
    | 'reconstruction'
  readonly test: Omit<DriftTest, 'alpha'>
  readonly effect: DriftEffect
  /** False where it is shown only: another test of the column sees more, or there is nothing to test. */
  readonly decides: boolean
}

/** What one comparison of a column says. */
export interface Comparison {
  readonly tests: readonly JudgedTest[]
  readonly distances: Readonly<Record<string, number | null>>
}

/** JSON has no NaN. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
