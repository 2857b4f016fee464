import type { TrainingSet } from '../training-set.ts'
import { labelNodes } from './answer-nodes.ts'
import type { Graph } from './graph.ts'
import { floatTensor, int64Tensor } from './tensors.ts'

/** Adds the outputs of a model that answers the same for every row: class probabilities, or one number. */
export function constantNodes(graph: Graph, set: TrainingSet, answer: readonly number[]): void {
  const first = set.features[0]!
  const rows = graph.node('Shape', [first.name], { start: 0, end: 1 })
  const shape = graph.node('Concat', [rows, graph.constant(int64Tensor([answer.length], [1]))], { axis: 0 })
  const values = graph.constant(floatTensor(answer, [1, answer.length]))
  const regression = set.task === 'regression'
  graph.node('Expand', [values, shape], { output: regression ? 'prediction' : 'probabilities' })
  if (!regression) labelNodes(graph, set.classes)
}
