import { type ChunkMetric, type Performance, UserError } from '@mlwright/domain'
import { normalQuantile, type RegressionMetric, regressionErrors } from '@mlwright/stats'
import { finite } from '../judged-test.ts'
import { chunkRows, chunkTimes, fewestRows } from './chunk-rows.ts'

/** Answers of a regression model, row by row; NaN where unknown. */
export interface NumberSample {
  readonly predictions: Float64Array
  readonly labels: Float64Array
  /** Milliseconds since 1970, NaN where unknown. */
  readonly times?: Float64Array | null
}

/** The losses to expect of every current row; NaN for rows that are left out. */
export interface ExpectedLosses {
  readonly absolute: Float64Array
  readonly squared: Float64Array
}

const names: readonly RegressionMetric[] = ['mae', 'rmse', 'r2']
/** R² raises no alert: a few rows of unusual labels move it more than its standard error says. */
const judged = 2
/** A rise of the error by less than this share does not matter, however sure it is. */
const smallestRise = 0.1

const known = ({ predictions, labels }: NumberSample, from: number, to: number) =>
  Int32Array.from({ length: to - from }, (_, i) => from + i).filter(
    (row) => !Number.isNaN(predictions[row]!) && !Number.isNaN(labels[row]!),
  )

function errorsOf({ predictions, labels }: NumberSample, rows: Int32Array) {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
  return regressionErrors(pick(labels), pick(predictions))
}

function expectedLoss(losses: Float64Array, from: number, to: number): { mean: number; rows: number } {
  const there = losses.subarray(from, to).filter((loss) => !Number.isNaN(loss))
  const mean = there.reduce((sum, loss) => sum + loss, 0) / there.length
  return { mean: there.length < fewestRows ? Number.NaN : Math.max(0, mean), rows: there.length }
}

/**
 * A regression model's performance along the current rows, in chunks: measured from those that have a label, estimated
 * from the losses to expect where these are known (NannyML: DLE). A chunk raises an alert where MAE or RMSE is above the
 * reference's by more than chance and by enough to matter; chunks and metrics share `alpha` by a union bound. Throws `UserError` DATA_UNUSABLE where the reference has no labels.
 */
export function followNumbers(
  reference: NumberSample,
  current: NumberSample,
  alpha: number,
  losses: ExpectedLosses | null,
  chunks = 10,
): Performance {
  const rows = known(reference, 0, reference.predictions.length)
  if (rows.length < fewestRows)
    throw new UserError(
      'DATA_UNUSABLE',
      `The reference has ${rows.length} rows with a prediction and a label; performance needs ${fewestRows}.`,
    )
  const before = errorsOf(reference, rows)
  const z = normalQuantile(alpha / (chunks * judged))
  const nothing = { mean: Number.NaN, rows: 0 }

  const chunkOf = ([from, to]: [number, number]): Performance['chunks'][number] => {
    const truth = known(current, from, to)
    const measured = truth.length < fewestRows ? null : errorsOf(current, truth)
    const metricOf = (name: RegressionMetric): ChunkMetric => {
      const { value: was, error: wasError } = before[name]
      const loss = name === 'mae' ? losses?.absolute : name === 'rmse' ? losses?.squared : undefined
      const expected = loss ? expectedLoss(loss, from, to) : nothing
      const estimate = name === 'rmse' ? Math.sqrt(expected.mean) : expected.mean
      const now = measured?.[name]
      // An estimate varies less than what it stands for; the reference's spread is the honest one.
      const error = now?.error ?? wasError * Math.sqrt(rows.length / expected.rows)
      const shown = now?.value ?? estimate
      const threshold = name === 'r2' ? Number.NaN : was + Math.max(smallestRise * was, z * Math.hypot(wasError, error))
      return {
        measured: finite(now?.value ?? Number.NaN),
        low: finite(now ? now.value - 1.96 * now.error : Number.NaN),
        high: finite(now ? now.value + 1.96 * now.error : Number.NaN),
        estimated: finite(estimate),
        threshold: finite(threshold),
        alert: shown > threshold,
      }
    }
    return {
      first: from + 1,
      last: to,
      labelled: truth.length,
      ...chunkTimes(current.times, from, to),
      metrics: Object.fromEntries(names.map((name) => [name, metricOf(name)])),
    }
  }

  return {
    task: 'regression',
    estimator: losses === null ? null : 'dle',
    calibrated: false,
    reference: Object.fromEntries(names.map((name) => [name, finite(before[name].value)])),
    chunks: chunkRows(current.predictions.length, chunks).map(chunkOf),
  }
}
