import type { Column, Finding } from '@mlwright/domain'
import type { LabelledData } from './leakage-findings.ts'
import { warning } from './warning.ts'

/** Fewer rows may well differ from each other, or be alike, by chance. */
const enough = 20
/** Pairs of equal numbers that chance alone would make, where having none says that the numbers count something. */
const pairsByChance = 5

function looksLikeAnId(column: Column, values: ReadonlySet<number>, rows: number): boolean {
  if (values.size < rows) return false
  // Text in words never repeats either, and some trainers read it.
  if (column.type === 'string') return ![...values].some((code) => /\s/.test(column.dictionary[code]!))
  if (column.type !== 'number') return false
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (!Number.isInteger(value)) return false
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return (rows * (rows - 1)) / 2 / (high - low + 1) >= pairsByChance
}

function finding(name: string, column: Column, train: Int32Array): Finding | null {
  const values = new Set<number>()
  let missing = 0
  for (const row of train) {
    const value = column.type === 'string' ? column.codes[row]! : column.values[row]!
    if (Number.isNaN(value) || (column.type === 'string' && value < 0)) missing++
    else values.add(value)
  }
  if (values.size === 0)
    return warning(
      'all-missing',
      name,
      `The feature ${name} is missing in every training row, so nothing is learned from it; correct the data, or take it out of the features.`,
    )
  if (train.length < enough || missing > 0) return null
  if (values.size === 1)
    return warning(
      'constant',
      name,
      `The feature ${name} has the same value in every training row, so nothing is learned from it; take it out of the features.`,
    )
  if (!looksLikeAnId(column, values, train.length)) return null
  return warning(
    'identifier',
    name,
    `The feature ${name} has another value in every training row, as an id has; what is learned from it helps with no new row, so take it out of the features.`,
  )
}

/** Features that no model can use: without any value, with one value alone, or with another one in each training row. */
export function featureFindings({ features, table, train }: LabelledData): Finding[] {
  return features.flatMap(({ name }) => {
    const column = table.columns.get(name)
    return (column && finding(name, column, train)) ?? []
  })
}
