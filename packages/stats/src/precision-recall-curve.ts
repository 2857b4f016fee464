import type { ThresholdCounts } from './threshold-counts.ts'

/**
 * [recall, precision] by rising recall, on an even grid of `steps` when there are more points. A step function: the
 * precision at a recall is that of the highest threshold that reaches it; empty without a positive row.
 * scikit-learn: precision_recall_curve.
 */
export function precisionRecallCurve(
  { truePositives, falsePositives }: ThresholdCounts,
  steps = 50,
): [number, number][] {
  const positives = truePositives.at(-1) ?? 0
  if (positives === 0) return []
  const points = truePositives.map((count, i): [number, number] => [
    count / positives,
    count / (count + falsePositives[i]!),
  ])
  points.unshift([0, 1])
  if (points.length <= steps) return points
  const grid: [number, number][] = [[0, 1]]
  let at = 1
  for (let step = 1; step < steps; step++) {
    const recall = step / (steps - 1)
    while (points[at]![0] < recall) at++
    grid.push([recall, points[at]![1]])
  }
  return grid
}
