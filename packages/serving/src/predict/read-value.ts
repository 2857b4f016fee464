import type { ColumnType } from '@mlwright/domain'
import { badRequest } from '../http/http-error.ts'
import { shown } from '../http/shown.ts'
import type { ServedColumn } from '../model/signature.ts'
import type { ElementType } from '../tensors/element-type.ts'
import { flatten, parseElement } from '../tensors/parse-elements.ts'

const day = 86_400_000
/** A date, or a date and time; without a zone it is UTC. */
const dateText = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

const kinds: Readonly<Record<ColumnType, string>> = {
  number: 'a number or null',
  boolean: 'true, false or null',
  string: 'text or null',
  date: 'a date such as 2026-05-31, or null',
}

function days(value: unknown): number | null | undefined {
  if (typeof value === 'number' || value === null) return value
  if (typeof value !== 'string' || !dateText.test(value)) return undefined
  const zoned = value.length <= 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`
  const milliseconds = Date.parse(zoned.replace(' ', 'T'))
  return Number.isNaN(milliseconds) ? undefined : milliseconds / day
}

/** A plain JSON value as the column's own element, or undefined where it is none. */
function plain({ type }: ServedColumn, element: ElementType, value: unknown): number | bigint | string | undefined {
  if (type === 'number' && typeof value === 'boolean') return undefined
  if (type === 'boolean' && !(typeof value === 'boolean' || value === null || value === 0 || value === 1))
    return undefined
  if (type === 'date') {
    const found = days(value)
    return found === undefined ? undefined : parseElement(element, found)
  }
  return parseElement(element, typeof value === 'boolean' ? Number(value) : value)
}

/** Reads one value of one row into `target`. Throws HttpError 400 that names the row and the column. */
export function readValue(
  column: ServedColumn,
  element: ElementType,
  value: unknown,
  row: number,
  target: (number | bigint | string)[],
): void {
  if (column.shape.length === 0 && !Array.isArray(value)) {
    const found = plain(column, element, value)
    if (found === undefined) throw wrong(column, element, value, row)
    target.push(found)
    return
  }
  const items = Array.isArray(value) ? flatten(value) : [value]
  for (const item of items) {
    const found = plain(column, element, item)
    if (found === undefined) throw wrong(column, element, item, row)
    target.push(found)
  }
}

function wrong({ name, type }: ServedColumn, element: ElementType, value: unknown, row: number): Error {
  const kind =
    element.range !== null && type === 'number'
      ? `a whole number from ${element.range[0]} to ${element.range[1]}`
      : kinds[type]
  return badRequest(`Row ${row}: the column ${name} is ${shown(value)}; it has to be ${kind}.`)
}
