import { nearest } from '@mlwright/domain'
import { badRequest } from '../http/http-error.ts'
import type { ServedModel } from '../model/served-model.ts'
import type { ServedColumn } from '../model/signature.ts'
import type { ElementType } from '../tensors/element-type.ts'
import { type Feed, sizeOf } from '../tensors/feed.ts'
import { readValue } from './read-value.ts'

/** Rows of named values; a value that is not there is undefined. */
export interface NamedRows {
  readonly rows: number
  /** Names that were sent, for the nearest one to a missing column. */
  readonly names: readonly string[]
  at(row: number, name: string): unknown
}

function missing(name: string, row: number, names: readonly string[], columns: readonly ServedColumn[]): Error {
  const known = new Set(columns.map((column) => column.name))
  const near = nearest(name, names.filter((other) => !known.has(other) && other.length <= 64).slice(0, 200))
  const hint = near ? `did you mean ${near}?` : 'send null where its value is not known.'
  return badRequest(`Row ${row}: the column ${name} is missing; ${hint}`)
}

/** The type of JSON values that go into a column's tensor as they are; most values of most columns. */
function plainType({ shape, type }: ServedColumn, { carrier, range }: ElementType): 'string' | 'number' | null {
  if (shape.length > 0) return null
  if (type === 'string' && carrier === 'text') return 'string'
  return type === 'number' && range === null && carrier !== 'text' ? 'number' : null
}

/** The lengths of nested lists, the outermost first, as their first items have them. */
const lengths = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...lengths(value[0])] : [])

/** Whether lists are nested with these lengths everywhere. */
function hasLengths(value: unknown, sizes: readonly number[], depth = 0): boolean {
  if (depth === sizes.length) return !Array.isArray(value)
  return (
    Array.isArray(value) && value.length === sizes[depth] && value.every((item) => hasLengths(item, sizes, depth + 1))
  )
}

/** The shape of a column's feed: one value per row, or a list of which each row has as many. Where several dimensions are free, only the nesting of the rows tells one from another. */
function shapeOf(
  column: ServedColumn,
  declared: readonly (number | null)[],
  elements: number,
  { rows, at }: NamedRows,
): number[] {
  const { shape } = column
  if (shape.length === 0) {
    if (elements !== rows) throw badRequest(`The column ${column.name} takes one value per row, and a list was sent.`)
    return declared.length < 2 ? [rows] : [rows, 1]
  }
  const fixed = shape.reduce<number>((product, size) => product * (size ?? 1), 1)
  const free = shape.filter((size) => size === null).length
  const width = elements / rows
  const sent = free > 1 ? lengths(at(0, column.name)) : null
  const found = shape.map((size, k) => size ?? (sent ? (sent[k] ?? 0) : width / fixed))
  const values = () => Array.from({ length: rows }, (_, row) => at(row, column.name))
  const fits = !sent || hasLengths(values(), [rows, ...found])
  if (rows === 0 || !fits || !found.every(Number.isInteger) || sizeOf(found) !== width)
    throw badRequest(
      `The column ${column.name} takes a list of shape [${shape.map((size) => size ?? -1).join(',')}] per row, and ${elements} numbers were sent for ${rows} rows.`,
    )
  return [rows, ...found]
}

/** The tensors of named rows, in the order of the model's inputs; names that the model does not know are ignored. Throws HttpError 400 that names row and column. */
export function columnFeeds(model: ServedModel, given: NamedRows): Feed[] {
  const { columns, matrix } = model.signature
  const { rows } = given
  if (matrix) {
    const { element } = model.inputs[0]!
    const data: number[] = []
    for (let row = 0; row < rows; row++)
      for (const column of columns) {
        const value = given.at(row, column.name)
        if (value === undefined) throw missing(column.name, row, given.names, columns)
        readValue(column, element, value, row, data)
      }
    if (data.length !== rows * columns.length)
      throw badRequest('A column takes one value per row, and a list was sent.')
    return [{ data, shape: [rows, columns.length] }]
  }
  const feeds = new Array<Feed>(model.inputs.length)
  for (const column of columns) {
    const { element, shape } = model.inputs[column.input]!
    const data: number[] = []
    const wanted = plainType(column, element)
    for (let row = 0; row < rows; row++) {
      const value = given.at(row, column.name)
      if (typeof value === wanted) {
        data.push(value as number)
        continue
      }
      if (value === undefined) throw missing(column.name, row, given.names, columns)
      const before = data.length
      readValue(column, element, value, row, data)
      if (row > 0 && (data.length - before) * row !== before)
        throw badRequest(
          `Row ${row}: the column ${column.name} holds ${data.length - before} values, unlike the rows before.`,
        )
    }
    feeds[column.input] = { data, shape: shapeOf(column, shape, data.length, given) }
  }
  return feeds
}
