import type { Column } from '@mlwright/domain'

/** A column of both tables as the peers see it. */
export interface PeerInput {
  readonly reference: Column
  readonly current: Column
  /** All values are integers and none is missing: pandas keeps them as such. */
  readonly whole: boolean
}

/** Values as keys that compare equal where the values do; null where missing. */
export function keysOf(column: Column): (string | null)[] {
  if (column.type === 'string') return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]!))
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)))
}

/** How often each key occurs; missing ones do not count. */
export function countKeys(keys: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Counts of two samples over all their keys, in order. */
export function alignCounts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): [number[], number[]] {
  const keys = [...new Set([...a.keys(), ...b.keys()])].sort()
  return [keys.map((key) => a.get(key) ?? 0), keys.map((key) => b.get(key) ?? 0)]
}
