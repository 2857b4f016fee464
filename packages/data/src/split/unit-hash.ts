import { createHash } from 'node:crypto'

/** A number in [0, 1) that follows from a seed and a text alone: 48 bits of SHA-256. */
export function unitHash(seed: number, text: string): number {
  return createHash('sha256').update(`${seed}\n${text}`).digest().readUIntBE(0, 6) / 2 ** 48
}
