import type { Tally } from './tally.ts'

/** Walks over the distinct values of two samples together; `visit` gets how many of each are at most the value. */
export function visitSteps(a: Tally, b: Tally, visit: (value: number, belowA: number, belowB: number) => void): void {
  let i = 0
  let j = 0
  let belowA = 0
  let belowB = 0
  while (i < a.values.length || j < b.values.length) {
    const nextA = i < a.values.length ? a.values[i]! : Infinity
    const nextB = j < b.values.length ? b.values[j]! : Infinity
    const value = Math.min(nextA, nextB)
    if (i < a.values.length && nextA === value) belowA += a.counts[i++]!
    if (j < b.values.length && nextB === value) belowB += b.counts[j++]!
    visit(value, belowA, belowB)
  }
}
