import { type Task, UserError } from '@mlwright/domain'
import type { ColumnProfile } from './column-profile.ts'

export interface Target {
  readonly name: string
  readonly task: Task
  readonly classes: number
  readonly positive: string | null
}

const yes = /^(1|true|t|yes|y|pos|positive|churned|fraud|default|bad|failure|failed|sick|case)$/i

/** The class that people mean by positive: by its name, else the rarer one. */
function positiveClass({ values }: ColumnProfile): string {
  const named = values.filter(({ text }) => yes.test(text))
  if (named.length === 1) return named[0]!.text
  return values.at(-1)!.text
}

/** What a target column asks for. Throws `UserError` DATA_UNUSABLE where nothing can be learned from it. */
export function inferTarget(profile: ColumnProfile, rows: number): Target {
  const { name, type, whole, distinct, missing } = profile
  const known = rows - missing
  if (distinct < 2)
    throw new UserError(
      'DATA_UNUSABLE',
      `The target ${name} has ${distinct === 0 ? 'no value' : 'one value only'}; choose a column that varies.`,
    )
  if (type === 'date')
    throw new UserError('DATA_UNUSABLE', `The target ${name} holds dates; choose a column of numbers or classes.`)
  const numeric = type === 'number' && !(distinct === 2 || (whole && distinct <= 10 && known >= 20 * distinct))
  if (numeric) return { name, task: 'regression', classes: 0, positive: null }
  if (distinct > 100 || known / distinct < 2)
    throw new UserError(
      'DATA_UNUSABLE',
      `The target ${name} has ${distinct} different texts in ${known} rows; choose a column with few classes, or a number.`,
    )
  return { name, task: 'classification', classes: distinct, positive: distinct === 2 ? positiveClass(profile) : null }
}
