import type { Split } from '@mlwright/domain'
import { type SplitInput, test, validation } from './parts.ts'
import { unitHash } from './unit-hash.ts'

/**
 * In each stratum the rows with the smallest hashes test the model, the next ones validate it: exactly the shares,
 * rounded to whole rows. Since a hash depends on its row alone, n added rows move the border by about the square root
 * of n rows, not by n.
 */
export function splitRandomly(split: Extract<Split, { method: 'random' }>, input: SplitInput): Uint8Array {
  const { keys, strata } = input
  const hashes = Float64Array.from(keys, (key) => unitHash(split.seed, key))
  const members = new Map<number, number[]>()
  for (let row = 0; row < keys.length; row++) {
    const stratum = strata?.[row] ?? 0
    const rows = members.get(stratum)
    if (rows) rows.push(row)
    else members.set(stratum, [row])
  }
  const parts = new Uint8Array(keys.length)
  for (const rows of members.values()) {
    rows.sort((a, b) => hashes[a]! - hashes[b]!)
    const tests = Math.round(split.test * rows.length)
    const validations = Math.round((split.test + (split.validation ?? 0)) * rows.length)
    for (let rank = 0; rank < validations; rank++) parts[rows[rank]!] = rank < tests ? test : validation
  }
  return parts
}
