import { constantNodes } from './onnx/constant-nodes.ts'
import type { Graph } from './onnx/graph.ts'
import type { PreparedRows } from './prepared-rows.ts'
import type { TrainingSet } from './training-set.ts'

/** Adds the outputs of the baseline: the class shares of the training rows for every row, or the mean of the target. */
export function majority(graph: Graph, set: TrainingSet, { labels, trained }: PreparedRows): void {
  if (set.task === 'regression') {
    let sum = 0
    for (let i = 0; i < trained; i++) sum += labels[i]!
    constantNodes(graph, set, [sum / trained])
    return
  }
  const counts = new Array<number>(set.classes.length).fill(0)
  for (let i = 0; i < trained; i++) counts[labels[i]!]!++
  constantNodes(
    graph,
    set,
    counts.map((count) => count / trained),
  )
}
