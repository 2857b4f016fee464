import { type Batch, type Column, nearest, UserError } from '@mlwright/domain'
import type { ServedTensor } from '../model/served-tensor.ts'
import { type ServedColumn, type Signature, takesIntegers } from '../model/signature.ts'
import type { Feed } from '../tensors/feed.ts'

type Elements = Feed['data']

function textOf(column: ServedColumn, found: Column): Elements {
  if (found.type !== 'string')
    throw new UserError(
      'DATA_UNUSABLE',
      `The model takes text for ${column.name}, and the data has ${found.type}s there; cast the column.`,
    )
  return Array.from(found.codes, (code) => (code < 0 ? '' : found.dictionary[code]!))
}

function numbersOf(column: ServedColumn, found: Column, type: string): Elements {
  const { name } = column
  if (found.type === 'string')
    throw new UserError('DATA_UNUSABLE', `The model takes a ${column.type} for ${name}, and the data has text there.`)
  const { values } = found
  if (!takesIntegers(type) && type !== 'bool') return values
  const gap = values.findIndex((value) => !Number.isSafeInteger(value))
  if (gap >= 0)
    throw new UserError(
      'DATA_UNUSABLE',
      `The model takes whole numbers for ${name}, and a row has ${values[gap]} there; fill it, or let the model take floats.`,
    )
  return type === 'int64' || type === 'uint64' ? BigInt64Array.from(values, BigInt) : values
}

/** The columns of some rows as a model's tensors. Throws `UserError` DATA_UNUSABLE that names the column. */
export function batchFeeds(signature: Signature, inputs: readonly ServedTensor[], { rows, columns }: Batch): Feed[] {
  const elements = signature.columns.map((column): Elements => {
    const found = columns.get(column.name)
    if (!found) {
      const near = nearest(column.name, columns.keys())
      const hint = near ? `; did you mean ${near}?` : '.'
      throw new UserError(
        'DATA_UNUSABLE',
        `The model asks for the column ${column.name}, which the data does not have${hint}`,
      )
    }
    if (column.shape.length > 0)
      throw new UserError(
        'MODEL_INVALID',
        `The model takes a list for ${column.name}; a table has one value per row and column.`,
      )
    const { element, type } = inputs[column.input]!
    return element.carrier === 'text' ? textOf(column, found) : numbersOf(column, found, type)
  })
  if (!signature.matrix) {
    const feeds = new Array<Feed>(inputs.length)
    for (const [at, column] of signature.columns.entries())
      feeds[column.input] = { data: elements[at]!, shape: inputs[column.input]!.shape.length < 2 ? [rows] : [rows, 1] }
    return feeds
  }
  const width = elements.length
  const data = new Float64Array(rows * width)
  for (const [k, values] of elements.entries())
    for (let row = 0; row < rows; row++) data[row * width + k] = Number(values[row])
  return [{ data, shape: [rows, width] }]
}
