import type { Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import {
  type AnswerColumns,
  type AnswerRows,
  labelNumbers,
  numbersOf,
  readAnswers,
  requireColumn,
  sumOf,
} from './answer-query.ts'

/** Numbers that a model predicted, and what was true where it is known; NaN where missing or infinite. */
export interface AnsweredNumbers extends AnswerRows {
  readonly predictions: Float64Array
  readonly labels: Float64Array
  /** Predictions and labels that are infinite. */
  readonly infinite: number
}

const finite = (sql: string) => `CASE WHEN isfinite(TRY_CAST(${sql} AS DOUBLE)) THEN TRY_CAST(${sql} AS DOUBLE) END`

/** Reads a regression model's predictions and labels. Throws `UserError` INPUT_INVALID for a column that is not there. */
export async function readAnsweredNumbers(
  engine: Engine,
  opened: OpenDataset,
  columns: AnswerColumns & { readonly prediction: string },
): Promise<AnsweredNumbers> {
  const prediction = `r.${requireColumn(opened, columns.prediction)}`
  const infinite = `CAST(coalesce(isinf(TRY_CAST(${prediction} AS DOUBLE)), false) AS DOUBLE)`
  const { batch, ...answers } = await readAnswers(
    engine,
    opened,
    columns,
    { p: finite(prediction), f: infinite },
    finite,
  )
  return {
    ...answers,
    predictions: numbersOf(batch, 'p'),
    labels: labelNumbers(batch),
    infinite: sumOf(numbersOf(batch, 'f')),
  }
}
