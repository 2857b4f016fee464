import { UserError } from '@mlwright/domain'
import type { TrainingSet } from './training-set.ts'

/** The rows a trainer works on: those to learn from first, those to validate on after them. */
export interface PreparedRows {
  readonly rows: Int32Array
  /** How many of `rows` are learned from. */
  readonly trained: number
  /** The label of each of `rows`. */
  readonly labels: Float64Array
}

/** Collects rows and labels. Throws `UserError` DATA_UNUSABLE where nothing can be learned from them. */
export function prepareRows(set: TrainingSet): PreparedRows {
  const trained = set.rows.length
  if (trained === 0)
    throw new UserError('DATA_UNUSABLE', 'No row with a target is left to train on; check the target and the split.')
  const rows = new Int32Array(trained + set.validation.length)
  rows.set(set.rows)
  rows.set(set.validation, trained)
  const labels = Float64Array.from(rows, (row) => set.labels[row]!)
  if (set.task === 'classification') {
    const found = [...new Set(labels.subarray(0, trained))]
    if (found.length < 2)
      throw new UserError(
        'DATA_UNUSABLE',
        `Every training row has the class ${set.classes[found[0]!] ?? '?'}, so there is nothing to tell apart; add rows of another class, or check the target and the split.`,
      )
  }
  return { rows, trained, labels }
}
