/** Answers of a binary classifier, row by row. */
export interface ScoredSample {
  /** Scores of the positive class. */
  readonly scores: Float64Array
  /** 1 where the positive class was predicted. */
  readonly predicted: Float64Array
  /** 1 or 0, NaN where unknown. */
  readonly labels: Float64Array
  /** Milliseconds since 1970, NaN where unknown. */
  readonly times?: Float64Array | null
}

/** Some rows of a sample, without those that lack a score. */
export function sliceSample({ scores, predicted, labels }: ScoredSample, from: number, to: number): ScoredSample {
  const rows = Int32Array.from({ length: to - from }, (_, i) => from + i).filter((row) => !Number.isNaN(scores[row]!))
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
  return { scores: pick(scores), predicted: pick(predicted), labels: pick(labels) }
}

/** The rows that have a label. */
export function labelledRows({ scores, predicted, labels }: ScoredSample): ScoredSample {
  const known = (values: Float64Array) => values.filter((_, row) => !Number.isNaN(labels[row]!))
  return { scores: known(scores), predicted: known(predicted), labels: known(labels) }
}
