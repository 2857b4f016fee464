import { byUtf8, type Column, type Split, UserError } from '@mlwright/domain'
import { test, validation } from './parts.ts'

/** Numbers in the order of the column's values; NaN where one is missing. */
function times(column: Column): Float64Array {
  if (column.type !== 'string') return column.values
  const order = column.dictionary.map((text, code) => ({ text, code })).sort((a, b) => byUtf8(a.text, b.text))
  const rank = new Map(order.map(({ code }, index) => [code, index]))
  return Float64Array.from(column.codes, (code) => rank.get(code) ?? Number.NaN)
}

/** The number of latest values closest to `wanted` that does not part equal values. */
function cut(ascending: Float64Array, wanted: number): number {
  const boundary = ascending[ascending.length - Math.max(1, Math.min(wanted, ascending.length))]!
  const above = ascending.length - ascending.findLastIndex((value) => value <= boundary) - 1
  const including = ascending.length - ascending.findIndex((value) => value >= boundary)
  const possible = including < ascending.length
  return above > 0 && (!possible || wanted - above < including - wanted) ? above : including
}

/** The latest rows test the model, those before them validate it; equal times stay together, so the shares are approximate. A row without a time trains. */
export function splitByTime(split: Extract<Split, { method: 'time' }>, column: Column): Uint8Array {
  const values = times(column)
  const ascending = values.filter((value) => !Number.isNaN(value)).sort()
  if (ascending.length === 0 || ascending[0] === ascending.at(-1))
    throw new UserError(
      'DATA_UNUSABLE',
      `split.column ${split.column} has ${ascending.length === 0 ? 'no values' : 'the same value in every row'}, so it cannot order rows in time; choose another column or method.`,
    )
  const firstTest = ascending[ascending.length - cut(ascending, Math.round(split.test * ascending.length))]!
  const share = split.test + (split.validation ?? 0)
  const firstValidation = split.validation
    ? ascending[ascending.length - cut(ascending, Math.round(share * ascending.length))]!
    : firstTest
  return Uint8Array.from(values, (value) => (value >= firstTest ? test : value >= firstValidation ? validation : 0))
}
