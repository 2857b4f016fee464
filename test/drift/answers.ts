import type { ClassSample, NumberSample } from '@mlwright/drift'
import { xoshiro128 } from '@mlwright/stats'

/** Numbers in (0, 1). */
export function uniform(seed: number): () => number {
  const random = xoshiro128(seed)
  return () => (random() + 0.5) / 2 ** 32
}

const classes = ['ash', 'elm', 'oak']

/** Answers of a classifier that is less sure than it should be; `tilt` changes what it is asked. */
export function classAnswers(rows: number, seed: number, tilt = 0): ClassSample & { readonly scores: Float64Array } {
  const next = uniform(seed)
  const scores = new Float64Array(rows * 3)
  const predicted = new Float64Array(rows)
  const labels = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const raw = [next() ** (2 + tilt), next() * 0.7, next() ** 3 * 0.9 + 0.02]
    const sum = raw.reduce((total, each) => total + each, 0)
    const own = raw.map((each) => each / sum)
    scores.set(own, row * 3)
    predicted[row] = own.indexOf(Math.max(...own))
    const sure = own.map((each) => each ** 1.6)
    let left = next() * sure.reduce((total, each) => total + each, 0)
    labels[row] = sure.findIndex((each, k) => {
      left -= each
      return left < 0 || k === 2
    })
  }
  return { classes, scores, confidence: null, predicted, labels }
}

/** A regression's answers whose errors grow with x; skewed, and `noise` times as large from the row `broken` on. */
export function numberAnswers(
  rows: number,
  seed: number,
  { shift = 0, noise = 1, broken = 0 } = {},
): NumberSample & { readonly x: Float64Array } {
  const next = uniform(seed)
  const x = Float64Array.from({ length: rows }, () => next() * 4 + shift)
  const predictions = x.map((value) => 10 + 3 * value)
  const labels = predictions.map((value, row) => {
    const size = (0.5 + 0.6 * x[row]!) * (row >= broken ? noise : 1)
    return value + size * -Math.log(next()) * (next() < 0.6 ? 1 : -1)
  })
  return { x, predictions, labels }
}
