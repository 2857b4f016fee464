/** Bins that a continuous column is counted in, and values up to which a column is counted one by one. */
const bins = 256

export interface Edges {
  readonly edges: readonly number[]
  readonly discrete: boolean
}

/** The shortest decimal close enough to a number that lies between two others. */
function shorten(below: number, value: number, above: number): number {
  const room = Math.min(value - below, above - value) / 8
  for (let digits = 1; digits < 17; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.abs(short - value) <= room) return short
  }
  return value
}

/**
 * Edges that cut a sample into 256 bins of about equal counts; its values themselves where it has at most 256 different
 * ones. Edges need not be exact quantiles, so most are short decimals: counts on them are exact whatever they are.
 * @param sample without NaN.
 */
export function chooseEdges(sample: Float64Array): Edges {
  const sorted = Float64Array.from(sample).sort()
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1])
  if (distinct.length <= bins) return { edges: [...distinct], discrete: true }
  const exact: number[] = []
  for (let k = 1; k < bins; k++) {
    const edge = sorted[Math.ceil((k / bins) * sorted.length) - 1]!
    if (edge !== exact.at(-1)) exact.push(edge)
  }
  // Where single values fill several bins, an edge has to stay on them.
  if (exact.length < bins - 1) return { edges: exact, discrete: false }
  const lowest = sorted[0]! - 1
  const highest = sorted.at(-1)! + 1
  const edges = exact.map((edge, i) => shorten(exact[i - 1] ?? lowest, edge, exact[i + 1] ?? highest))
  return { edges, discrete: false }
}
