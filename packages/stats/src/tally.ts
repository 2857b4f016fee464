import { sortNumbers } from './sort-numbers.ts'

/** A sample as its distinct values in rising order and how often each occurs, as a GROUP BY gives them. */
export interface Tally {
  readonly values: Float64Array
  readonly counts: Float64Array
  /** The sum of the counts. */
  readonly total: number
}

/** Counts the values of a sample; NaN is left out. Infinities count as the largest and the smallest value. */
export function tally(sample: ArrayLike<number>): Tally {
  const sorted = sortNumbers(sample)
  let rows = sorted.length
  while (rows > 0 && Number.isNaN(sorted[rows - 1]!)) rows--
  const counts = new Float64Array(rows)
  let size = 0
  for (let row = 0; row < rows; row++) {
    // The loop writes at or before the place where it reads, so one array does for both.
    if (size === 0 || sorted[row] !== sorted[size - 1]) sorted[size++] = sorted[row]!
    counts[size - 1]!++
  }
  return { values: sorted.subarray(0, size), counts: counts.subarray(0, size), total: rows }
}

/** A tally of values with their counts, in any order; equal values add up, and a count of 0 is no value. */
export function weightedTally(values: ArrayLike<number>, counts: ArrayLike<number>): Tally {
  const order = Int32Array.from(values, (_, i) => i)
    .filter((i) => counts[i]! > 0 && !Number.isNaN(values[i]!))
    .sort((a, b) => values[a]! - values[b]!)
  const result = { values: new Float64Array(order.length), counts: new Float64Array(order.length), total: 0 }
  let size = 0
  for (const i of order) {
    if (size === 0 || values[i] !== result.values[size - 1]) result.values[size++] = values[i]!
    result.counts[size - 1]! += counts[i]!
    result.total += counts[i]!
  }
  return { values: result.values.subarray(0, size), counts: result.counts.subarray(0, size), total: result.total }
}
