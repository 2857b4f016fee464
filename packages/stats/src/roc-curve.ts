import type { ThresholdCounts } from './threshold-counts.ts'

/**
 * [false positive rate, true positive rate] from (0, 0) to (1, 1), on an even grid of `steps` when there are more points.
 * Between two points the curve is a straight line; empty where one class has no rows. scikit-learn: roc_curve.
 */
export function rocCurve({ truePositives, falsePositives }: ThresholdCounts, steps = 50): [number, number][] {
  const positives = truePositives.at(-1) ?? 0
  const negatives = falsePositives.at(-1) ?? 0
  if (positives === 0 || negatives === 0) return []
  const points: [number, number][] = [
    [0, 0],
    ...truePositives.map((count, i): [number, number] => [falsePositives[i]! / negatives, count / positives]),
  ]
  if (points.length <= steps) return points
  const grid: [number, number][] = [[0, 0]]
  let at = 0
  for (let step = 0; step <= steps - 2; step++) {
    const x = step / (steps - 2)
    while (at + 1 < points.length && points[at + 1]![0] <= x) at++
    const [x0, y0] = points[at]!
    const next = points[at + 1]
    grid.push([x, next ? y0 + ((next[1] - y0) * (x - x0)) / (next[0] - x0) : y0])
  }
  return grid
}
