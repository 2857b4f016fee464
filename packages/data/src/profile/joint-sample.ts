import type { JointProfile } from '@mlwright/domain'

/** Rows that are looked at: enough to see a correlation move by a few hundredths. */
const sampleRows = 10_000
/** More columns would make the profile of a wide table large. */
const mostColumns = 64
/** A tenth of a standard deviation counts as 1, and nothing counts as more than ten of them. */
const perDeviation = 10
const farthest = 10 * perDeviation

/** A number or a boolean: its edges, and its place among the columns that are streamed. */
export interface JointColumn {
  readonly name: string
  readonly at: number
  readonly edges: readonly number[]
}

/** The first edge that a value does not exceed; one more than there are edges for the largest values. */
function placeOf(value: number, edges: ArrayLike<number>): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** A fixed random number in [0, 1) for each stretch (splitmix-style, Steele et al. 2014). */
function shareOf(stretch: number): number {
  let mixed = Math.imul(stretch + 1, 0x9e3779b9)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296
}

/** Mean and scale of the places of a column, −1 where missing; null where they do not vary. */
function spaceOf(name: string, places: Int16Array): JointProfile['columns'][number] | null {
  const known = places.filter((place) => place >= 0)
  const mean = known.reduce((sum, place) => sum + place, 0) / known.length
  const variance = known.reduce((sum, place) => sum + (place - mean) ** 2, 0) / known.length
  const rounded = (value: number) => Number(value.toPrecision(6))
  return variance > 0 ? { name, centre: rounded(mean), scale: rounded(Math.sqrt(variance)) } : null
}

/** Takes rows as they stream by, all of them or one of each stretch of equal length, and sums up how columns go together. */
export class JointSample {
  readonly #columns: readonly JointColumn[]
  readonly #places: readonly Int16Array[]
  readonly #stretch: number
  readonly #rows: number
  #taken = 0
  #seen = 0

  constructor(columns: readonly JointColumn[], rows: number) {
    this.#columns = columns.slice(0, mostColumns)
    this.#rows = Math.min(rows, sampleRows)
    this.#stretch = rows / this.#rows
    this.#places = this.#columns.map(() => new Int16Array(this.#rows).fill(-1))
  }

  /** Takes the next rows: the values of each streamed column. */
  add(rows: number, valuesAt: (at: number) => ArrayLike<number> | undefined): void {
    const picks: number[] = []
    const end = this.#seen + rows
    for (let next = this.#taken; next < this.#rows; next++) {
      const row = this.#stretch > 1 ? Math.floor((next + shareOf(next)) * this.#stretch) : next
      if (row >= end) break
      picks.push(row - this.#seen)
    }
    for (const [i, { at, edges }] of this.#columns.entries()) {
      const values = valuesAt(at)
      if (values === undefined) continue
      const places = this.#places[i]!
      for (const [k, row] of picks.entries()) {
        const value = values[row]!
        if (Number.isFinite(value)) places[this.#taken + k] = placeOf(value, edges)
      }
    }
    this.#taken += picks.length
    this.#seen = end
  }

  /** The sums, in an earlier profile's measure where there is one; null where fewer than two columns vary. */
  finish(earlier: JointProfile | null): JointProfile | null {
    const rows = this.#taken
    const known = new Map(earlier?.columns.map((column) => [column.name, column]))
    const used = this.#columns.flatMap(({ name, edges }, i) => {
      const places = this.#places[i]!.subarray(0, rows)
      const space = earlier ? known.get(name) : spaceOf(name, places)
      if (!space) return []
      const score = (_: unknown, place: number) => {
        const apart = Math.round((perDeviation * (place - space.centre)) / space.scale)
        return Math.max(-farthest, Math.min(farthest, apart))
      }
      const scores = Array.from({ length: edges.length + 1 }, score)
      return [{ space, scores: Int16Array.from(places, (place) => (place < 0 ? 0 : scores[place]!)) }]
    })
    if (rows === 0 || used.length < 2) return null
    const products: number[] = []
    const squares: number[] = []
    for (const [i, { scores: a }] of used.entries())
      for (const { scores: b } of used.slice(i)) {
        let sum = 0
        let square = 0
        for (let row = 0; row < rows; row++) {
          const product = a[row]! * b[row]!
          sum += product
          square += product * product
        }
        products.push(sum)
        squares.push(square)
      }
    return {
      rows,
      columns: used.map(({ space }) => space),
      sums: used.map(({ scores }) => scores.reduce((sum, score) => sum + score, 0)),
      products,
      squares,
    }
  }
}
