const chunkCount = 10

/** Ten chunks of equal size, and what is left over as an eleventh, as NannyML cuts rows. */
export function chunkBounds(rows: number): [from: number, to: number][] {
  const size = Math.floor(rows / chunkCount)
  if (size === 0) return rows > 0 ? [[0, rows]] : []
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => [i * size, Math.min(rows, (i + 1) * size)])
}

/** NannyML's thresholds: three standard deviations around the mean of the reference's own chunks; NaN is no value. */
export function chunkThresholds(scores: readonly number[]): { readonly lower: number; readonly upper: number } {
  const known = scores.filter((value) => !Number.isNaN(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length)
  return { lower: mean - 3 * sd, upper: mean + 3 * sd }
}
