/** A metric with its standard error. */
export interface Estimate {
  readonly value: number
  readonly error: number
}

export type RegressionMetric = 'mae' | 'rmse' | 'r2'

/** Root of the mean square of what each row contributes, over the rows; NaN for fewer than two rows. */
function standardError(contributions: Float64Array): number {
  const n = contributions.length
  if (n < 2) return Number.NaN
  const mean = contributions.reduce((sum, each) => sum + each, 0) / n
  return Math.sqrt(contributions.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1) / n)
}

const meanOf = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0) / values.length

/**
 * Mean absolute error, root mean squared error and R² with their standard errors by the delta method: each from the
 * spread of what a row contributes to it (its influence). Hampel (1974), JASA 69, 383–393. NaN where undefined.
 */
export function regressionErrors(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Readonly<Record<RegressionMetric, Estimate>> {
  const values = Float64Array.from(actual)
  const absolute = values.map((value, row) => Math.abs(value - predicted[row]!))
  const squares = absolute.map((error) => error * error)
  const mae = meanOf(absolute)
  const mse = meanOf(squares)
  const rmse = Math.sqrt(mse)
  const mean = meanOf(values)
  const spread = values.map((value) => (value - mean) ** 2)
  const variance = meanOf(spread)
  const missed = mse / variance
  return {
    mae: { value: mae, error: standardError(absolute) },
    rmse: { value: rmse, error: rmse > 0 ? standardError(squares) / (2 * rmse) : 0 },
    r2: {
      value: variance > 0 ? 1 - missed : Number.NaN,
      error:
        variance > 0
          ? standardError(squares.map((each, row) => (each - missed * spread[row]!) / variance))
          : Number.NaN,
    },
  }
}
