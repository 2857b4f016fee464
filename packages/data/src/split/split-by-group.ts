import type { Column, Split } from '@mlwright/domain'
import { test, validation } from './parts.ts'
import { unitHash } from './unit-hash.ts'

/** The group of each row as text; a row without one is a group of its own. */
function groups(column: Column, keys: readonly string[]): string[] {
  return keys.map((key, row) => {
    if (column.type === 'string')
      return column.codes[row]! < 0 ? `-${key}` : `=${column.dictionary[column.codes[row]!]}`
    return Number.isNaN(column.values[row]) ? `-${key}` : `=${column.values[row]}`
  })
}

/**
 * Groups in the order of their hashes test the model until its share of rows is reached, the next ones validate it.
 * A group is taken when more than half of it fits, so the share is off by at most half a group.
 */
export function splitByGroup(
  split: Extract<Split, { method: 'group' }>,
  keys: readonly string[],
  column: Column,
): Uint8Array {
  const ofRow = groups(column, keys)
  const sizes = new Map<string, number>()
  for (const group of ofRow) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const ordered = [...sizes.keys()]
    .map((group) => ({ group, hash: unitHash(split.seed, group) }))
    .sort((a, b) => a.hash - b.hash)
  const tests = split.test * keys.length
  const validations = (split.test + (split.validation ?? 0)) * keys.length
  const parts = new Map<string, number>()
  let rows = 0
  for (const { group } of ordered) {
    const middle = rows + sizes.get(group)! / 2
    parts.set(group, middle < tests ? test : middle < validations ? validation : 0)
    rows += sizes.get(group)!
  }
  return Uint8Array.from(ofRow, (group) => parts.get(group)!)
}
