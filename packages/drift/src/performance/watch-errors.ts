import type { ConceptDrift } from '@mlwright/domain'
import { adwin, changePoint } from '@mlwright/stats'

/** Errors of labelled rows in the order of their time. */
export interface ErrorStream {
  /** `wrong` (1 or 0) or `absolute_error`. */
  readonly name: 'wrong' | 'absolute_error'
  /** Of the reference, before the others. */
  readonly reference: Float64Array
  /** Of every current row, NaN where it has no label. */
  readonly current: Float64Array
  /** Milliseconds since 1970, NaN where unknown. */
  readonly times: Float64Array | null
}

/** The reference's last errors, which say enough of what is usual. */
const mostReference = 50_000

const meanOf = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0) / values.length

/**
 * Runs ADWIN over the errors of the reference and then of the labelled rows, and says at which of these the errors have
 * grown, and since which. `delta` is what ADWIN may err by. Errors that shrink raise no alarm. Null without labels.
 */
export function watchErrors({ name, reference, current, times }: ErrorStream, delta: number): ConceptDrift | null {
  const rows = Int32Array.from(current, (_, row) => row).filter((row) => !Number.isNaN(current[row]!))
  if (rows.length === 0) return null
  const usual = reference.filter((error) => !Number.isNaN(error)).slice(-mostReference)
  const stream = new Float64Array(usual.length + rows.length)
  stream.set(usual)
  stream.set(
    Float64Array.from(rows, (row) => current[row]!),
    usual.length,
  )
  // ADWIN's bound is one of values from 0 to 1; errors beyond nearly all of the usual ones count as the largest.
  const sorted = [...usual].sort((a, b) => a - b)
  const largest = name === 'wrong' ? 1 : sorted[Math.floor(0.99 * (sorted.length - 1))] || 1
  const bounded = stream.map((error) => Math.min(1, error / largest))
  const detector = adwin({ delta })
  const alarms: ConceptDrift['alarms'][number][] = []
  let start = 0
  for (let at = 0; at < stream.length; at++) {
    if (detector.update(bounded[at]!) !== 'drift') continue
    const window = stream.subarray(start, at + 1)
    const cut = changePoint(bounded.subarray(start, at + 1))
    const [before, after] = [meanOf(window.subarray(0, cut)), meanOf(window.subarray(cut))]
    const began = start + cut
    start = at + 1
    if (at < usual.length || !(after > before)) continue
    const since = rows[Math.max(0, began - usual.length)]!
    const time = times?.[since] ?? Number.NaN
    const when = Number.isNaN(time) ? null : new Date(time).toISOString()
    alarms.push({ row: rows[at - usual.length]! + 1, since: since + 1, since_time: when, before, after })
  }
  return { detector: 'adwin', errors: name, labelled: rows.length, alarms }
}
