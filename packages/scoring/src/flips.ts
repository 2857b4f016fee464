import type { Comparison, Predictions } from '@mlwright/domain'
import { decisionsOf } from './decisions.ts'

const shown = 10

/** Predictions that differ between two models of the same rows, and the ten that moved furthest. */
export function flipsOf(was: Predictions, is: Predictions, threshold: number | null): NonNullable<Comparison['flips']> {
  const [before, after] = [decisionsOf(was, threshold), decisionsOf(is, threshold)]
  const { classes, labels } = is
  const width = classes.length
  const score = (predictions: Predictions, row: number) => {
    const k = width === 2 ? 1 : after[row]!
    return predictions.scores?.[row * width + k] ?? (predictions.decisions?.[row] === k ? 1 : 0)
  }
  const changed = Array.from(labels.keys()).filter((row) => before[row] !== after[row])
  const moved = (row: number) => Math.abs(score(is, row) - score(was, row))
  const largest = [...changed].sort((a, b) => moved(b) - moved(a) || a - b).slice(0, shown)
  return {
    changed: changed.length,
    right: changed.filter((row) => after[row] === labels[row]).length,
    wrong: changed.filter((row) => before[row] === labels[row]).length,
    largest: largest.map((row) => ({
      key: is.keys?.[row] ?? String(row + 1),
      label: classes[labels[row]!]!,
      baseline: classes[before[row]!]!,
      candidate: classes[after[row]!]!,
      baseline_score: score(was, row),
      candidate_score: score(is, row),
    })),
  }
}
