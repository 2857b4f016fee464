import { isAscii, isUtf8 } from 'node:buffer'
import { badRequest } from './http-error.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses a body. Throws HttpError 400 with the parser's sentence. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw badRequest('The body is empty; it has to be JSON.')
  const ascii = isAscii(body)
  if (!ascii && !isUtf8(body)) throw badRequest('The body is not UTF-8 text.')
  try {
    return JSON.parse(body.toString(ascii ? 'latin1' : 'utf8'))
  } catch (error) {
    throw badRequest(`The body is not JSON: ${(error as Error).message}.`)
  }
}
