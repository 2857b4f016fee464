/** Rows from the highest score to the lowest. */
export interface Ranking {
  readonly rows: Int32Array
  /** 1 where the row's score differs from the next one's, so that tied rows are decided together. */
  readonly last: Uint8Array
}

/** Sorts some rows (default: all) by falling score. */
export function ranking(scores: ArrayLike<number>, rows?: ArrayLike<number>): Ranking {
  const sorted = rows ? Int32Array.from(rows) : Int32Array.from(scores, (_, row) => row)
  sorted.sort((a, b) => scores[b]! - scores[a]! || a - b)
  const last = Uint8Array.from(sorted, (row, i) =>
    i + 1 === sorted.length || scores[row] !== scores[sorted[i + 1]!] ? 1 : 0,
  )
  return { rows: sorted, last }
}
