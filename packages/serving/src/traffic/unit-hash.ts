import { createHash } from 'node:crypto'

/** A number in [0, 1) that depends on the key alone: the first 32 bits of its SHA-256. */
export function unitHash(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) / 2 ** 32
}
