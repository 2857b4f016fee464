import { createHash } from 'node:crypto'
import type { Model } from '@mlwright/domain'
import { canonicalJson } from './canonical-json.ts'

export interface DigestInputs {
  readonly model: Model
  /** Digest of the data's git objects. */
  readonly data: string
  /** Columns that identify a row, from the contract's primary key. */
  readonly key: readonly string[]
  /** A built-in trainer's version, or the git object id of each file of the command. */
  readonly code: string | readonly { readonly path: string; readonly oid: string }[]
}

/** SHA-256 over everything that decides which model comes out: no commit, time or path outside the repository. */
export function inputDigest({ model, data, key, code }: DigestInputs): string {
  const { task, target, positive, features, split } = model
  const files = typeof code === 'string' ? code : code.map(({ path, oid }) => ({ path, oid }))
  const { timeout_minutes: _, ...train } = { timeout_minutes: undefined, ...model.train }
  return createHash('sha256')
    .update(canonicalJson({ data, key, task, target, positive, features, split, train, code: files }))
    .digest('hex')
}
