import { createHash } from 'node:crypto'

/** SHA-256 over the git object ids of a dataset's files, one a line, in the order of their paths. */
export function dataDigest(oids: readonly string[]): string {
  return createHash('sha256')
    .update(oids.map((oid) => `${oid}\n`).join(''))
    .digest('hex')
}
