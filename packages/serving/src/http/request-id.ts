import { randomUUID } from 'node:crypto'

const usable = /^[\x21-\x7e]{1,128}$/

/** The id that somebody gave to a request where it can stand in a header and a log, else a new one. */
export function requestId(...given: readonly (string | null | undefined)[]): string {
  return given.find((id) => typeof id === 'string' && usable.test(id)) ?? randomUUID()
}
