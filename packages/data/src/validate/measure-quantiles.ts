import type { Engine } from '@mlwright/domain'
import { measureScalars } from './measure-scalars.ts'

/** What an exact quantile keeps per row while it is computed, measured. */
const bytesPerRow = 16

interface Wanted {
  readonly column: string
  readonly share: number
}

const key = ({ column, share }: Wanted) => `${share} ${column}`

/**
 * Quantiles by linear interpolation, exact as long as one column fits into the memory: as many columns per scan as do.
 * A column that does not fit is summarised in a t-digest instead.
 */
export async function measureQuantiles(
  engine: Engine,
  from: string,
  rows: number,
  wanted: readonly Wanted[],
  megabytes: number,
): Promise<(quantile: Wanted) => number | null> {
  const columns = [...new Set(wanted.map(({ column }) => column))]
  const perScan = Math.floor((megabytes * 2 ** 20) / (bytesPerRow * Math.max(rows, 1)))
  const exact = perScan > 0
  const size = exact ? perScan : columns.length
  const values = new Map<string, number | null>()
  const name = exact ? 'quantile_cont' : 'approx_quantile'
  for (let start = 0; start < columns.length; start += size) {
    const slice = columns.slice(start, start + size)
    const here = wanted.filter(({ column }) => slice.includes(column))
    const sql = (each: Wanted) => `${name}(CAST(${each.column} AS DOUBLE), ${each.share})`
    const found = (await measureScalars(engine, from, here.map(sql))).values
    for (const each of here) values.set(key(each), (found.get(sql(each)) as number | null) ?? null)
  }
  return (quantile) => values.get(key(quantile)) ?? null
}
