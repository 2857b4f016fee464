import { type Random, randomBelow } from '@mlwright/stats'

/** Rows from one up to another. */
export const rowRange = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** Two halves of some rows, drawn at random; both in file order. */
export function halves(rows: readonly number[], random: Random): [Int32Array, Int32Array] {
  const mixed = [...rows]
  for (let i = mixed.length - 1; i > 0; i--) {
    const k = randomBelow(random, i + 1)
    ;[mixed[i], mixed[k]] = [mixed[k]!, mixed[i]!]
  }
  const middle = Math.ceil(mixed.length / 2)
  return [Int32Array.from(mixed.slice(0, middle)).sort(), Int32Array.from(mixed.slice(middle)).sort()]
}
