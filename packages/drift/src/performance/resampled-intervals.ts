import { bootstrap, type Interval, type Weights } from '@mlwright/stats'

/** Above this, resampling would take longer than it tells. */
const mostRows = 20_000

/** 95 % bootstrap intervals of some statistics of so many rows; NaN where they are very many. */
export function resampledIntervals(rows: number, statistics: (weights?: Weights) => readonly number[]): Interval[] {
  if (rows > mostRows) return statistics().map(() => ({ low: Number.NaN, high: Number.NaN }))
  const options = { resamples: 200, seed: 1, level: 0.95 }
  return bootstrap({ rows, resampling: { kind: 'row' }, statistics }, options)
}
