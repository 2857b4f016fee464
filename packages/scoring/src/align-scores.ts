/** How often each column of the scores is the row's highest for each class that the model decided; ties do not count. */
function votesOf(scores: Float64Array, labels: Int32Array, width: number): Int32Array[] {
  const votes = Array.from({ length: width }, () => new Int32Array(width))
  for (const [row, label] of labels.entries()) {
    let best = 0
    let tied = false
    for (let k = 1; k < width; k++) {
      const gap = scores[row * width + k]! - scores[row * width + best]!
      if (gap > 0) best = k
      tied = gap > 0 ? false : tied || gap === 0
    }
    if (!tied) votes[best]![label]!++
  }
  return votes
}

/** For two classes: whether the second column is higher where the second class is decided, at whatever threshold; null where one class is. */
function secondIsSecond(scores: Float64Array, labels: Int32Array): boolean | null {
  const sums = [0, 0]
  const counts = [0, 0]
  for (const [row, label] of labels.entries()) {
    sums[label]! += scores[row * 2 + 1]!
    counts[label]!++
  }
  const gap = sums[1]! / counts[1]! - sums[0]! / counts[0]!
  return Number.isNaN(gap) || gap === 0 ? null : gap > 0
}

function classesOfColumns(scores: Float64Array, labels: Int32Array, width: number): number[] {
  const ordered = width === 2 ? secondIsSecond(scores, labels) : null
  if (ordered !== null) return ordered ? [0, 1] : [1, 0]
  const pairs = votesOf(scores, labels, width)
    .flatMap((counts, column) => Array.from(counts, (count, k) => ({ column, k, count, own: column === k ? 1 : 0 })))
    .sort((a, b) => b.count - a.count || b.own - a.own)
  const classes = new Array<number>(width).fill(-1)
  for (const { column, k } of pairs) if (classes[column]! < 0 && !classes.includes(k)) classes[column] = k
  return classes
}

/**
 * Puts the columns of a model's scores (rows × classes) in the order of our classes, where the positive one is last and
 * numbers are sorted as text; the model's own decisions tell which column is about which class. Columns that they say
 * nothing about keep their place. It takes all rows at once, so that no two of them are read differently.
 */
export function alignScores(scores: Float64Array, labels: Int32Array, width: number): Float64Array {
  const classes = classesOfColumns(scores, labels, width)
  if (classes.every((k, column) => k === column)) return scores
  const aligned = new Float64Array(scores.length)
  for (let i = 0; i < scores.length; i++) aligned[i - (i % width) + classes[i % width]!] = scores[i]!
  return aligned
}
