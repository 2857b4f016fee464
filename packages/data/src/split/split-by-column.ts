import { type Column, UserError } from '@mlwright/domain'
import { test, train, validation } from './parts.ts'

const names: Readonly<Record<string, number>> = { train, validation, test }

/** Reads the part from a column that says `train`, `test` or `validation`. */
export function splitByColumn(name: string, column: Column): Uint8Array {
  const refuse = (found: string, row: number) =>
    new UserError(
      'DATA_UNUSABLE',
      `split.column ${name} has ${found} in row ${row + 1}; it has to say train, test or validation in every row.`,
    )
  if (column.type !== 'string') throw refuse(`a ${column.type}`, 0)
  return Uint8Array.from(column.codes, (code, row) => {
    const part = code < 0 ? undefined : names[column.dictionary[code]!.trim().toLowerCase()]
    if (part === undefined) throw refuse(code < 0 ? 'no value' : JSON.stringify(column.dictionary[code]), row)
    return part
  })
}
