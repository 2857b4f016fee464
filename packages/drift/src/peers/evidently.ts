import type { PeerDrift } from '@mlwright/domain'
import { chiSquareSurvival, jensenShannon, ksTwoSample, normalSurvival, tally, wasserstein } from '@mlwright/stats'
import { alignCounts, countKeys, keysOf, type PeerInput } from './peer-column.ts'

const smallReference = 1000
const fewIntegers = 10
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/** Goodness of fit of the current counts to the reference's, as if those were known exactly: it alarms far too often. */
function chisquare(reference: readonly number[], current: readonly number[]): PeerDrift {
  const scale = sum(current) / sum(reference)
  let statistic = 0
  for (const [k, count] of reference.entries()) statistic += (current[k]! - count * scale) ** 2 / (count * scale)
  const p = statistic === Infinity ? 0 : chiSquareSurvival(statistic, reference.length - 1)
  return { method: 'chisquare', scores: [p], threshold: 0.05, drifted: p < 0.05 }
}

/** Pooled z-test of the share that is not the smallest value. */
function proportions(reference: readonly number[], current: readonly number[]): PeerDrift {
  const [m, n] = [sum(reference), sum(current)]
  const [p1, p2] = [1 - reference[0]! / m, 1 - current[0]! / n]
  const pooled = (p1 * m + p2 * n) / (m + n)
  const z = (p1 - p2) / Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))
  const p = reference.length === 1 ? 1 : 2 * normalSurvival(Math.abs(z))
  return { method: 'z', scores: [p], threshold: 0.05, drifted: p < 0.05 }
}

const distance = (method: string, score: number): PeerDrift => ({
  method,
  scores: [score],
  threshold: 0.1,
  drifted: score >= 0.1,
})

function numbers(a: Float64Array, b: Float64Array): PeerDrift {
  const [before, now] = [tally(a), tally(b)]
  const values = new Set([...before.values, ...now.values]).size
  const small = a.length <= smallReference
  if (values > 5) {
    if (small) {
      const { pValue } = ksTwoSample(before, now)
      return { method: 'ks', scores: [pValue], threshold: 0.05, drifted: pValue <= 0.05 }
    }
    const mean = a.reduce((total, value) => total + value, 0) / a.length
    const sd = Math.sqrt(a.reduce((total, value) => total + (value - mean) ** 2, 0) / a.length)
    return distance('wasserstein', wasserstein(before, now) / Math.max(sd, 0.001))
  }
  const pair = alignCounts(countKeys([...a].map(String)), countKeys([...b].map(String)))
  if (small) return values > 2 ? chisquare(...pair) : proportions(...pair)
  return distance('jensenshannon', jensenShannon(...pair))
}

/**
 * Evidently 0.7's default drift of one column; null for what it does not compare: dates, texts, and a side without
 * values. Its choice of test looks at the reference's size alone.
 */
export function evidentlyDrift({ reference, current, whole }: PeerInput): PeerDrift | null {
  if (reference.type === 'date' || current.type !== reference.type) return null
  if (reference.type === 'number' && current.type === 'number') {
    const present = (values: Float64Array) => values.filter((value) => !Number.isNaN(value))
    const [a, b] = [present(reference.values), present(current.values)]
    if (a.length === 0 || b.length === 0) return null
    if (!whole || new Set(a).size > fewIntegers) return numbers(a, b)
  }
  const [a, b] = [countKeys(keysOf(reference)), countKeys(keysOf(current))]
  const [m, n] = [sum([...a.values()]), sum([...b.values()])]
  if (m === 0 || n === 0 || (reference.type === 'string' && a.size > m / 2)) return null
  const pair = alignCounts(a, b)
  if (m > smallReference) return distance('jensenshannon', jensenShannon(...pair))
  return pair[0].length > 2 ? chisquare(...pair) : proportions(...pair)
}
