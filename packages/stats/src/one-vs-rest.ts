import type { Statistic } from './weights.ts'

/**
 * Mean over classes of a binary statistic, each class against all others; undefined where it is for any class.
 * @param scores rows × classes, row-major.
 */
export function oneVsRest(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  classes: number,
  binary: (positive: Uint8Array, scores: Float64Array) => Statistic,
): Statistic {
  const each = Array.from({ length: classes }, (_, k) =>
    binary(
      Uint8Array.from(labels, (label) => (label === k ? 1 : 0)),
      Float64Array.from(labels, (_label, row) => scores[row * classes + k]!),
    ),
  )
  return (weights) => each.reduce((sum, statistic) => sum + statistic(weights), 0) / classes
}
