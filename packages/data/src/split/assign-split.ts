import type { Split } from '@mlwright/domain'
import type { SplitInput } from './parts.ts'
import { splitByColumn } from './split-by-column.ts'
import { splitByGroup } from './split-by-group.ts'
import { splitByTime } from './split-by-time.ts'
import { splitRandomly } from './split-randomly.ts'

/** The part of each row: 0 train, 1 validation, 2 test. Throws `UserError` DATA_UNUSABLE where the column cannot tell. */
export function assignSplit(split: Split, input: SplitInput): Uint8Array {
  if (split.method === 'random') return splitRandomly(split, input)
  if (input.column === null) throw new Error(`a split by ${split.method} needs its column`)
  if (split.method === 'time') return splitByTime(split, input.column)
  if (split.method === 'group') return splitByGroup(split, input.keys, input.column)
  return splitByColumn(split.column, input.column)
}
