import type { Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteText } from '../sql/quote.ts'
import {
  type AnswerColumns,
  type AnswerRows,
  labelNumbers,
  numbersOf,
  readAnswers,
  requireColumn,
  sumOf,
} from './answer-query.ts'

/** Answers of a binary classifier, and what was true where it is known. */
export interface ScoredRows extends AnswerRows {
  /** NaN where missing or infinite. */
  readonly scores: Float64Array
  /** 1 where the positive class was predicted. */
  readonly predicted: Float64Array
  /** 1 for the positive class, 0 for the other, NaN where no label has arrived. */
  readonly labels: Float64Array
  /** Scores that are infinite. */
  readonly infinite: number
}

export interface ScoredColumns extends AnswerColumns {
  /** Column of the positive class's score. */
  readonly score: string
  /** Column of the predicted class; without it the score has to be at least 0.5. */
  readonly prediction?: string | undefined
  /** The positive class as text; default `1` or `true`. */
  readonly positive?: string | undefined
}

/** SQL that is 1 for the positive class, 0 for another, NULL where missing. */
function isPositive(column: string, positive: string | undefined): string {
  const text = `CAST(${column} AS VARCHAR)`
  const whole = positive !== undefined && /^-?\d+$/.test(positive) ? [positive, `${positive}.0`] : [positive ?? '']
  const yes =
    positive === undefined
      ? `lower(${text}) IN ('1', '1.0', 'true')`
      : `${text} IN (${whole.map(quoteText).join(', ')})`
  return `CASE WHEN ${column} IS NOT NULL THEN CAST(${yes} AS DOUBLE) END`
}

/** Reads scores, decisions and labels. Throws `UserError` INPUT_INVALID for a column that is not there. */
export async function readScoredRows(engine: Engine, opened: OpenDataset, columns: ScoredColumns): Promise<ScoredRows> {
  const { prediction, positive } = columns
  const raw = `CAST(r.${requireColumn(opened, columns.score)} AS DOUBLE)`
  const score = `CASE WHEN isfinite(${raw}) THEN ${raw} END`
  const decided =
    prediction === undefined
      ? `CAST(${score} >= 0.5 AS DOUBLE)`
      : isPositive(`r.${requireColumn(opened, prediction)}`, positive)
  const select = { s: score, p: decided, f: `CAST(isinf(${raw}) AS DOUBLE)` }
  const { batch, ...answers } = await readAnswers(engine, opened, columns, select, (column) =>
    isPositive(column, positive),
  )
  return {
    ...answers,
    scores: numbersOf(batch, 's'),
    predicted: numbersOf(batch, 'p'),
    labels: labelNumbers(batch),
    infinite: sumOf(numbersOf(batch, 'f')),
  }
}
