import type { Job } from './job.ts'
import { constantNodes } from './onnx/constant-nodes.ts'
import type { PreparedRows } from './prepared-rows.ts'
import type { TrainingSet } from './training-set.ts'

function answer(set: TrainingSet, { labels, trained }: PreparedRows): number[] {
  if (set.task === 'regression') {
    let sum = 0
    for (let i = 0; i < trained; i++) sum += labels[i]!
    return [sum / trained]
  }
  const counts = new Array<number>(set.classes.length).fill(0)
  for (let i = 0; i < trained; i++) counts[labels[i]!]!++
  return counts.map((count) => count / trained)
}

/** The baseline: the class shares of the training rows for every row, or the mean of the target. No feature counts. */
export function majority({ graph, set, prepared }: Pick<Job, 'graph' | 'set' | 'prepared'>): Float64Array {
  constantNodes(graph, set, answer(set, prepared))
  return new Float64Array(set.features.length)
}
