import { quantile } from './quantile.ts'
import { type Resampling, resample } from './resample.ts'
import { unitWeights, type Weights } from './weights.ts'
import { xoshiro128 } from './xoshiro128.ts'

/** A sample that can be drawn again, with several statistics of it at once. */
export interface Resampled {
  readonly rows: number
  readonly resampling: Resampling
  readonly statistics: (weights: Weights) => ArrayLike<number>
}

export interface BootstrapOptions {
  readonly resamples: number
  readonly seed: number
  /** Share of resamples inside the interval. */
  readonly level: number
}

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Percentiles of the defined draws; NaN where fewer than half of them are. */
function intervals(draws: readonly Float64Array[], { level }: BootstrapOptions): Interval[] {
  return draws.map((drawn) => {
    const defined = drawn.filter((value) => !Number.isNaN(value)).sort()
    if (defined.length < drawn.length / 2) return { low: Number.NaN, high: Number.NaN }
    return { low: quantile(defined, (1 - level) / 2), high: quantile(defined, (1 + level) / 2) }
  })
}

/**
 * Percentile bootstrap intervals (Efron, 1979), one per statistic. The same seed gives the same resamples.
 * Percentiles need no second pass over the rows, keep inside a metric's range and are the same for a metric and its complement.
 */
export function bootstrap({ rows, resampling, statistics }: Resampled, options: BootstrapOptions): Interval[] {
  const draw = resample(resampling, rows)
  const random = xoshiro128(options.seed)
  const weights = unitWeights(rows)
  const draws = Array.from(statistics(weights), () => new Float64Array(options.resamples))
  for (let i = 0; i < options.resamples; i++) {
    draw(random, weights)
    const values = statistics(weights)
    for (const [k, drawn] of draws.entries()) drawn[i] = values[k]!
  }
  return intervals(draws, options)
}

/** Intervals of what `after` has more than `before`, two samples that are drawn independently of each other. */
export function bootstrapDifference(before: Resampled, after: Resampled, options: BootstrapOptions): Interval[] {
  const random = xoshiro128(options.seed)
  const sides = [before, after].map(({ rows, resampling, statistics }) => {
    const draw = resample(resampling, rows)
    const weights = unitWeights(rows)
    return () => {
      draw(random, weights)
      return statistics(weights)
    }
  })
  const draws = Array.from(after.statistics(unitWeights(after.rows)), () => new Float64Array(options.resamples))
  for (let i = 0; i < options.resamples; i++) {
    const [was, is] = [sides[0]!(), sides[1]!()]
    for (const [k, drawn] of draws.entries()) drawn[i] = is[k]! - was[k]!
  }
  return intervals(draws, options)
}

/** Intervals of the difference of two predictions for the same rows: both sides are drawn together. */
export function bootstrapPairedDifference(
  { rows, resampling }: Omit<Resampled, 'statistics'>,
  before: Resampled['statistics'],
  after: Resampled['statistics'],
  options: BootstrapOptions,
): Interval[] {
  const statistics = (weights: Weights) => {
    const was = before(weights)
    return Float64Array.from(after(weights), (value, k) => value - was[k]!)
  }
  return bootstrap({ rows, resampling, statistics }, options)
}
