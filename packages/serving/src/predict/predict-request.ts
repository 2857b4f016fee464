import { badRequest } from '../http/http-error.ts'
import { isObject, type JsonObject } from '../http/parse-json.ts'
import type { NamedRows } from './column-feeds.ts'

const own = (row: JsonObject, name: string) => (Object.hasOwn(row, name) ? row[name] : undefined)

/** Rows that are objects. */
export function objectRows(rows: readonly JsonObject[]): NamedRows {
  return {
    rows: rows.length,
    names: Object.keys(rows[0] ?? {}),
    at(row, name) {
      const value = rows[row]![name]
      // What every object inherits was not sent.
      return typeof value === 'function' || name === '__proto__' ? own(rows[row]!, name) : value
    },
  }
}

/** Checks that every item of a list is an object. */
export function requireObjects(rows: readonly unknown[], what: string): readonly JsonObject[] {
  if (rows.length === 0) throw badRequest(`${what} is empty; send at least one row.`)
  const at = rows.findIndex((row) => !isObject(row))
  if (at >= 0) throw badRequest(`${what}: row ${at} is not an object with one value per column.`)
  return rows as readonly JsonObject[]
}

/** Reads the body of `POST /predict`: one row, or a list of rows. */
export function predictRows(body: unknown): { readonly named: NamedRows; readonly single: boolean } {
  if (isObject(body)) return { named: objectRows([body]), single: true }
  if (Array.isArray(body)) return { named: objectRows(requireObjects(body, 'The list of rows')), single: false }
  throw badRequest('The body has to be one row, {"column": value, ...}, or a list of rows.')
}
