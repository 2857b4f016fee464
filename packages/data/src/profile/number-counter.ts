import type { NumberProfile } from '@mlwright/domain'
import type { Edges } from './choose-edges.ts'
import { DistinctEstimate } from './distinct-estimate.ts'

const cells = 8192
/** Values per call: a loop that runs on is compiled before the code behind it was seen, and slow again from there on. */
const piece = 256
/** Moments of larger numbers are taken in a larger unit, so that their squares do not overflow. */
const largest = 1e100

export interface CountedNumbers {
  readonly count: number
  readonly distinct: number | null
  readonly numbers: NumberProfile | null
}

/** Counts a column on edges as its values stream by, with its moments, always in the same order. */
export class NumberCounter {
  /** With NaN behind the last one, which no value is. */
  readonly #edges: Float64Array
  readonly #discrete: boolean
  readonly #counts: Float64Array
  readonly #estimate: DistinctEstimate | null
  /** For each of 8,192 equal cells between the outer edges, the first edge that a value in it may not exceed. */
  readonly #first = new Int32Array(cells + 1)
  readonly #low: number
  readonly #perUnit: number
  readonly #unit: number
  readonly #centre: number
  #count = 0
  #offEdges = 0
  #sum = 0
  #squares = 0
  #min = Infinity
  #max = -Infinity

  constructor({ edges, discrete }: Edges, distinct: boolean) {
    this.#edges = Float64Array.of(...edges, Number.NaN)
    this.#discrete = discrete
    this.#counts = new Float64Array(edges.length + 1)
    this.#estimate = distinct ? new DistinctEstimate() : null
    this.#low = edges[0] ?? 0
    const high = edges.at(-1) ?? 0
    const width = high - this.#low
    this.#perUnit = width > 0 && width < Infinity ? cells / width : 0
    for (let cell = 0, edge = 0; cell <= cells; cell++) {
      while (edge < edges.length && Math.floor((edges[edge]! - this.#low) * this.#perUnit) < cell) edge++
      this.#first[cell] = edge
    }
    const size = Math.max(Math.abs(this.#low), Math.abs(high))
    this.#unit = size > largest ? 10 ** Math.floor(Math.log10(size)) : 1
    this.#centre = edges[edges.length >> 1] ?? 0
  }

  /** Takes the next values; what is not finite is missing. */
  add(values: Float64Array): void {
    for (let start = 0; start < values.length; start += piece)
      this.#take(values, start, Math.min(start + piece, values.length))
    if (this.#estimate) for (const value of values) if (Number.isFinite(value)) this.#estimate.add(value)
  }

  #take(values: Float64Array, start: number, end: number): void {
    const edges = this.#edges
    const counts = this.#counts
    const first = this.#first
    const low = this.#low
    const perUnit = this.#perUnit
    const centre = this.#centre
    const unit = this.#unit
    const beyond = edges.length - 1
    const last = beyond - 1
    const high = last < 0 ? -Infinity : edges[last]!
    // One by one: what comes out of a list stays boxed, which costs an allocation for every value.
    let count = 0
    let off = 0
    let sum = 0
    let squares = 0
    let min = this.#min
    let max = this.#max
    for (let row = start; row < end; row++) {
      const value = values[row]!
      if (!Number.isFinite(value)) continue
      count++
      if (value < min) min = value
      if (value > max) max = value
      const apart = (value - centre) / unit
      sum += apart
      squares += apart * apart
      // The first edge that is not below the value, by bisection within the value's cell.
      let bin = 0
      if (value > high) bin = beyond
      else if (value > low) {
        const cell = perUnit > 0 ? Math.floor((value - low) * perUnit) : 0
        bin = perUnit > 0 ? first[cell]! : 0
        let most = perUnit > 0 && cell < cells ? first[cell + 1]! : last
        while (bin < most) {
          const middle = (bin + most) >> 1
          if (edges[middle]! < value) bin = middle + 1
          else most = middle
        }
      }
      counts[bin]!++
      if (edges[bin]! !== value) off++
    }
    this.#count += count
    this.#offEdges += off
    this.#sum += sum
    this.#squares += squares
    this.#min = min
    this.#max = max
  }

  finish(): CountedNumbers {
    const count = this.#count
    if (count === 0) return { count, distinct: this.#estimate ? 0 : null, numbers: null }
    const mean = this.#sum / count
    const variance = Math.max(0, this.#squares / count - mean * mean)
    const rounded = (value: number) => Number(value.toPrecision(15))
    const onEdges = this.#discrete && this.#counts.at(-1) === 0
    const distinct = onEdges ? this.#counts.filter((each) => each > 0).length : (this.#estimate?.count() ?? 0)
    return {
      count,
      distinct: this.#estimate ? Math.max(1, Math.min(distinct, count)) : null,
      numbers: {
        min: this.#min,
        max: this.#max,
        mean: rounded(this.#centre + mean * this.#unit),
        sd: rounded(Math.sqrt(variance) * this.#unit),
        discrete: this.#discrete,
        edges: [...this.#edges.subarray(0, -1)],
        counts: [...this.#counts],
        ...(this.#discrete && { off_edges: this.#offEdges }),
      },
    }
  }
}
