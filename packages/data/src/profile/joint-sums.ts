import type { JointProfile } from '@mlwright/domain'

/** A tenth of a standard deviation counts as 1, and nothing counts as more than ten of them. */
const perDeviation = 10
const farthest = 10 * perDeviation

/** A column as numbers, NaN where missing, and its edges; texts are places in a list of values. */
export interface JointColumn {
  readonly name: string
  readonly numbers: ArrayLike<number>
  readonly edges: ArrayLike<number>
  readonly values?: readonly string[] | undefined
}

type Space = JointProfile['columns'][number]

/** The first edge that a value does not exceed; one more than there are edges for the largest values; −1 where missing. */
function placeOf(value: number, edges: ArrayLike<number>): number {
  if (!Number.isFinite(value)) return -1
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Mean and scale of the places of a column; null where they do not vary. */
function spaceOf({ name, values }: JointColumn, places: Int16Array): Space | null {
  const known = places.filter((place) => place >= 0)
  const mean = known.reduce((sum, place) => sum + place, 0) / known.length
  const variance = known.reduce((sum, place) => sum + (place - mean) ** 2, 0) / known.length
  const rounded = (value: number) => Number(value.toPrecision(6))
  if (!(variance > 0)) return null
  return { name, centre: rounded(mean), scale: rounded(Math.sqrt(variance)), ...(values && { values: [...values] }) }
}

function scoresOf({ edges }: JointColumn, { centre, scale }: Space, places: Int16Array): Int16Array {
  const scores = Array.from({ length: edges.length + 1 }, (_, place) => {
    const apart = Math.round((perDeviation * (place - centre)) / scale)
    return Math.max(-farthest, Math.min(farthest, apart))
  })
  return places.map((place) => (place < 0 ? 0 : scores[place]!))
}

/** Sums up how columns go together, in an earlier profile's measure where there is one; null where fewer than two vary. */
export function jointSums(columns: readonly JointColumn[], earlier: JointProfile | null): JointProfile | null {
  const known = new Map(earlier?.columns.map((column) => [column.name, column]))
  const used = columns.flatMap((column) => {
    const places = Int16Array.from(column.numbers, (value) => placeOf(value, column.edges))
    const space = earlier ? known.get(column.name) : spaceOf(column, places)
    return space ? [{ space, scores: scoresOf(column, space, places) }] : []
  })
  const rows = columns[0]?.numbers.length ?? 0
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
