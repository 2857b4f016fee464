import type { PeerDrift } from '@mlwright/domain'
import { jensenShannon } from '@mlwright/stats'
import { chunkBounds, chunkThresholds } from './chunks.ts'
import { countBetween, doaneEdges } from './equal-width-bins.ts'
import { countKeys, keysOf, type PeerInput } from './peer-column.ts'

/** Counts in the reference's bins, and what falls outside as one more. */
function withLeftover(counts: ArrayLike<number>, total: number): number[] {
  const inside = Array.from(counts)
  return [...inside, total - inside.reduce((sum, count) => sum + count, 0)]
}

/** Jensen–Shannon distance with logarithms to base 2; NaN for a chunk without values. */
function distance(reference: readonly number[], chunk: readonly number[]): number {
  return chunk.some((count) => count > 0) ? jensenShannon(reference, chunk) / Math.sqrt(Math.LN2) : Number.NaN
}

function judge(before: readonly number[], now: readonly number[]): PeerDrift {
  const { upper: threshold } = chunkThresholds(before)
  const scores = now.map((value) => (Number.isNaN(value) ? null : value))
  return { method: 'jensen_shannon', scores, threshold, drifted: now.some((value) => value > threshold) }
}

/**
 * NannyML 0.13's default univariate drift of one column: the Jensen–Shannon distance of each of ten chunks to the whole
 * reference, an alert above the mean of the reference's own chunks plus three standard deviations. Null for dates, and
 * for a reference without values.
 */
export function nannymlDrift({ reference, current }: PeerInput): PeerDrift | null {
  if (reference.type === 'date' || current.type !== reference.type) return null
  if (reference.type === 'number' && current.type === 'number') {
    const sorted = (values: readonly number[]) =>
      Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort()
    const all = sorted([...reference.values])
    if (all.length === 0) return null
    const edges = doaneEdges(all)
    const base = withLeftover(countBetween(all, edges), all.length)
    const of = (chunk: number[]) => {
      const values = sorted(chunk)
      return distance(base, withLeftover(countBetween(values, edges), values.length))
    }
    const parts = (values: Float64Array) =>
      chunkBounds(values.length).map(([from, to]) => [...values.subarray(from, to)])
    return judge(parts(reference.values).map(of), parts(current.values).map(of))
  }
  const counts = countKeys(keysOf(reference))
  if (counts.size === 0) return null
  const base = withLeftover(
    [...counts.values()],
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  )
  const of = (chunk: (string | null)[]) => {
    const here = countKeys(chunk)
    const total = [...here.values()].reduce((sum, count) => sum + count, 0)
    return distance(
      base,
      withLeftover(
        [...counts.keys()].map((key) => here.get(key) ?? 0),
        total,
      ),
    )
  }
  const parts = (keys: (string | null)[]) => chunkBounds(keys.length).map(([from, to]) => keys.slice(from, to))
  return judge(parts(keysOf(reference)).map(of), parts(keysOf(current)).map(of))
}
