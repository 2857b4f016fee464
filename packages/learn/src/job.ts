import type { Graph } from './onnx/graph.ts'
import type { PreparedRows } from './prepared-rows.ts'
import type { OnProgress, TrainingSet } from './training-set.ts'

/** What a trainer works with: it reads `set` and `prepared`, and adds its outputs to `graph`. */
export interface Job {
  readonly graph: Graph
  readonly set: TrainingSet
  readonly prepared: PreparedRows
  readonly seed: number
  readonly onProgress: OnProgress
}
