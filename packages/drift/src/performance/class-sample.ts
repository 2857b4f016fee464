/** Answers of a classifier of several classes, row by row. */
export interface ClassSample {
  readonly classes: readonly string[]
  /** rows × classes in row-major order; null without scores by class. */
  readonly scores: Float64Array | null
  /** The score of the predicted class, where nothing but that is known. */
  readonly confidence: Float64Array | null
  /** Class positions, NaN where unknown. */
  readonly predicted: Float64Array
  readonly labels: Float64Array
  /** Milliseconds since 1970, NaN where unknown. */
  readonly times?: Float64Array | null
}

/** Some rows of a sample, in their order. */
export function pickClasses(sample: ClassSample, rows: Int32Array): ClassSample {
  const { classes, scores, confidence, predicted, labels } = sample
  const width = classes.length
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
  return {
    classes,
    scores:
      scores &&
      Float64Array.from(
        { length: rows.length * width },
        (_, i) => scores[rows[Math.floor(i / width)]! * width + (i % width)]!,
      ),
    confidence: confidence && pick(confidence),
    predicted: pick(predicted),
    labels: pick(labels),
  }
}

/** The rows from..to that have a decision, and scores where there are any. */
export function answeredRows(
  { classes, scores, confidence, predicted }: ClassSample,
  from: number,
  to: number,
): Int32Array {
  const width = classes.length
  const missing = (row: number) =>
    Number.isNaN(predicted[row]!) ||
    (scores?.subarray(row * width, (row + 1) * width).some(Number.isNaN) ?? false) ||
    (confidence !== null && Number.isNaN(confidence[row]!))
  return Int32Array.from({ length: to - from }, (_, i) => from + i).filter((row) => !missing(row))
}
