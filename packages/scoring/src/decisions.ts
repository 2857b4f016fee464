import type { Predictions } from '@mlwright/domain'

/** The class that each row is predicted as: at the threshold for two classes, else the highest score (the first of equal ones). */
export function decisionsOf(predictions: Predictions, threshold: number | null): Int32Array {
  const { classes, decisions, labels, scores } = predictions
  if (decisions) return decisions
  const width = classes.length
  return Int32Array.from(labels, (_, row) => {
    if (width === 2) return scores![row * 2 + 1]! >= (threshold ?? 0.5) ? 1 : 0
    let best = 0
    for (let k = 1; k < width; k++) if (scores![row * width + k]! > scores![row * width + best]!) best = k
    return best
  })
}

/** Scores of the last class, which is the positive one of two. */
export function positiveScores({ classes, scores, labels }: Predictions): Float64Array {
  const width = classes.length
  return Float64Array.from(labels, (_, row) => scores![row * width + width - 1]!)
}

/** Some of the rows, in the order given. */
export function takeRows(predictions: Predictions, rows: ArrayLike<number>): Predictions {
  const { classes, columns, decisions, keys, labels, scores, task } = predictions
  const width = task === 'regression' ? 1 : classes.length
  const count = rows.length
  let taken: Float64Array | null = null
  if (scores) {
    taken = new Float64Array(count * width)
    for (let i = 0; i < count; i++) for (let k = 0; k < width; k++) taken[i * width + k] = scores[rows[i]! * width + k]!
  }
  const pick = Array.from(rows)
  return {
    task,
    classes,
    keys: keys && pick.map((row) => keys[row]!),
    labels: Float64Array.from(pick, (row) => labels[row]!),
    scores: taken,
    decisions: decisions && Int32Array.from(pick, (row) => decisions[row]!),
    columns: new Map(
      Array.from(columns, ([name, column]) => [
        name,
        column.type === 'string'
          ? { ...column, codes: Int32Array.from(pick, (row) => column.codes[row]!) }
          : { ...column, values: Float64Array.from(pick, (row) => column.values[row]!) },
      ]),
    ),
  }
}
