import { badRequest } from '../http/http-error.ts'
import { shown } from '../http/shown.ts'
import type { ElementType } from './element-type.ts'
import type { Feed } from './feed.ts'

type Elements = Feed['data']

/** Nested lists as one flat list; `depth` bounds the nesting. */
export function flatten(data: readonly unknown[], depth = 16): unknown[] {
  if (!data.some(Array.isArray)) return data as unknown[]
  if (depth === 0) throw badRequest('The data is nested more than 16 lists deep.')
  const flat: unknown[] = []
  for (const item of data) {
    if (!Array.isArray(item)) flat.push(item)
    else for (const inner of flatten(item, depth - 1)) flat.push(inner)
  }
  return flat
}

const words: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity }

function float(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (value === null) return Number.NaN
  return typeof value === 'string' ? words[value] : undefined
}

function integer(value: unknown, [least, most]: readonly [bigint, bigint]): bigint | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n
  const whole =
    typeof value === 'number' && Number.isSafeInteger(value)
      ? BigInt(value)
      : typeof value === 'string' && /^-?\d{1,20}$/.test(value)
        ? BigInt(value)
        : undefined
  return whole !== undefined && whole >= least && whole <= most ? whole : undefined
}

/**
 * One element of JSON as its carrier holds it, or undefined where it does not fit. Null is a missing value: NaN, or
 * empty text.
 */
export function parseElement(type: ElementType, value: unknown): number | bigint | string | undefined {
  if (type.carrier === 'text') return typeof value === 'string' ? value : value === null ? '' : undefined
  if (type.range === null) return float(value)
  if (type.onnx === 'bool' && typeof value === 'string') return undefined
  const whole = integer(value, type.range)
  if (whole === undefined) return undefined
  return type.carrier === 'int64' ? BigInt.asIntN(64, whole) : Number(whole)
}

/** Checks and converts a flat list. Throws HttpError 400 that names `what` and the first element that does not fit. */
export function parseElements(type: ElementType, flat: readonly unknown[], what: string): Elements {
  if (type.range === null && type.carrier !== 'text' && flat.every((value) => typeof value === 'number'))
    return flat as readonly number[] as number[]
  const parsed = new Array<number | bigint | string>(flat.length)
  for (let at = 0; at < flat.length; at++) {
    const value = parseElement(type, flat[at])
    if (value === undefined)
      throw badRequest(`${what}: element ${at} is ${shown(flat[at])}, which is no ${type.datatype}.`)
    parsed[at] = value
  }
  return parsed as number[]
}
