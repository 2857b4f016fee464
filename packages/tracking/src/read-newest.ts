import { UserError } from '@mlwright/domain'

/** The newest of many records. */
export interface Newest<T> {
  /** Oldest first. */
  readonly found: readonly T[]
  /** How many there are, with those that were left out because they are older. */
  readonly total: number
  /** Why a record is missing, a sentence each. */
  readonly problems: readonly string[]
}

/** Requests at once; a server refuses many more. */
const bundle = 16

/** Reads the last of some ids, which begin with their time; one that cannot be read leaves a sentence and hides no other. */
export async function readNewest<T>(
  ids: Iterable<string>,
  most: number,
  read: (id: string) => Promise<T | null>,
): Promise<Newest<T>> {
  const sorted = [...new Set(ids)].sort()
  const wanted = sorted.slice(Math.max(0, sorted.length - most))
  const found: T[] = []
  const problems: string[] = []
  const attempt = async (id: string) => {
    try {
      return await read(id)
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'RECORD_INVALID') throw error
      problems.push(error.message)
      return null
    }
  }
  for (let at = 0; at < wanted.length; at += bundle) {
    const some = await Promise.all(wanted.slice(at, at + bundle).map(attempt))
    found.push(...some.filter((record) => record !== null))
  }
  return { found, total: sorted.length, problems: problems.sort() }
}
