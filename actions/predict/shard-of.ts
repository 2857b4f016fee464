import { UserError } from '@mlwright/domain'

/** Rows from `start` to before `end`. */
export interface RowRange {
  readonly start: number
  readonly end: number
}

/** The rows of shard `2/8` of `rows`; shards are adjacent and differ by at most one row. Throws `UserError` INPUT_INVALID. */
export function shardOf(shard: string | undefined, rows: number): RowRange {
  if (shard === undefined) return { start: 0, end: rows }
  const [, place, count] = (/^(\d+)\/(\d+)$/.exec(shard) ?? []).map(Number)
  if (!place || !count || place > count)
    throw new UserError(
      'INPUT_INVALID',
      `The input \`shard\` is ${shard}; write it as \`2/8\`, from 1 to the number of jobs.`,
    )
  return { start: Math.floor((rows * (place - 1)) / count), end: Math.floor((rows * place) / count) }
}
