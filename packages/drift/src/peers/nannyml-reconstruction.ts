import type { Column, PeerDrift } from '@mlwright/domain'
import { principalComponents, reconstructionErrors } from '../multivariate/principal-components.ts'
import { chunkBounds, chunkThresholds } from './chunks.ts'
import { countKeys, keysOf } from './peer-column.ts'

/** A column of both tables as numbers, standardised by the reference. */
export interface EncodedPair {
  readonly reference: Float64Array
  readonly current: Float64Array
}

/** Categories as their shares of the reference's rows, missing ones as the most frequent; new ones are 0. */
function shares(reference: Column, current: Column): [Float64Array, Float64Array] {
  const keys = [keysOf(reference), keysOf(current)] as const
  const counts = countKeys(keys[0])
  const most = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
  const missing = keys[0].filter((key) => key === null).length
  if (most !== undefined) counts.set(most, counts.get(most)! + missing)
  const share = (key: string | null) => (counts.get(key ?? most ?? '') ?? 0) / keys[0].length
  return [Float64Array.from(keys[0], share), Float64Array.from(keys[1], share)]
}

function imputed(reference: Float64Array, current: Float64Array): [Float64Array, Float64Array] {
  const known = reference.filter((value) => !Number.isNaN(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const fill = (values: Float64Array) => values.map((value) => (Number.isNaN(value) ? mean : value))
  return [fill(reference), fill(current)]
}

/** A column as NannyML 0.13's reconstruction sees it; null for what it does not compare here: dates, and a reference without values. */
export function encodePair(reference: Column, current: Column): EncodedPair | null {
  if (reference.type === 'date' || current.type !== reference.type) return null
  const numbers = reference.type === 'number' && current.type === 'number'
  const [a, b] = numbers ? imputed(reference.values, current.values) : shares(reference, current)
  const mean = a.reduce((sum, value) => sum + value, 0) / a.length
  if (Number.isNaN(mean)) return null
  const variance = a.reduce((sum, value) => sum + (value - mean) ** 2, 0) / a.length
  // What is left of equal values by rounding; scikit-learn: StandardScaler.
  const rounding = a.length * Number.EPSILON * variance + (a.length * mean * Number.EPSILON) ** 2
  const sd = variance > rounding ? Math.sqrt(variance) : 1
  const standard = (values: Float64Array) => values.map((value) => (value - mean) / sd)
  return { reference: standard(a), current: standard(b) }
}

/** Mean error of each chunk. */
function chunkErrors(columns: readonly Float64Array[], components: readonly Float64Array[]): number[] {
  const errors = reconstructionErrors(columns, components)
  return chunkBounds(errors.length).map(
    ([from, to]) => errors.subarray(from, to).reduce((sum, error) => sum + error, 0) / (to - from),
  )
}

/**
 * NannyML 0.13's multivariate drift: how far each of ten chunks is, on average, from its reconstruction by the principal
 * components that keep 65 % of the reference's variance; an alert where that leaves three standard deviations around
 * the reference's own chunks. A lower threshold below 0 does not count. Null for fewer than two columns, and without rows.
 */
export function nannymlReconstruction(pairs: readonly EncodedPair[]): PeerDrift | null {
  const before = pairs.map(({ reference }) => reference)
  const now = pairs.map(({ current }) => current)
  if (pairs.length < 2 || before[0]!.length === 0 || now[0]!.length === 0) return null
  const components = principalComponents(before)
  const { lower, upper } = chunkThresholds(chunkErrors(before, components))
  const scores = chunkErrors(now, components)
  const drifted = scores.some((score) => !((lower <= 0 || score > lower) && score < upper))
  return { method: 'reconstruction_error', scores, threshold: upper, drifted }
}
