import { createHash } from 'node:crypto'

/** The id that git gives to an object of this content (SHA-1 repositories). */
export function objectId(type: 'blob' | 'commit', content: Uint8Array): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex')
}
