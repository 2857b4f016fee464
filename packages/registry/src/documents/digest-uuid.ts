import { createHash } from 'node:crypto'

/** Hex SHA-256 of text or bytes. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** A UUID that follows from text: version 8 of RFC 9562, the first bits of a SHA-256. */
export function digestUuid(text: string): string {
  const hex = sha256(text)
  const variant = (Number.parseInt(hex[16]!, 16) & 0x3) | 0x8
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant.toString(16)}${hex.slice(17, 20)}`,
  ]
  return [...groups, hex.slice(20, 32)].join('-')
}
