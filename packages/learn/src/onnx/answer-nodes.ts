import type { Graph } from './graph.ts'
import { stringTensor } from './tensors.ts'

/**
 * Adds the outputs `probabilities` and `label` for raw scores: `[N,1]` log-odds of the last of two classes, or `[N,K]`
 * before the softmax. At equal probabilities the last class is the label, as in "score ≥ 0.5".
 */
export function answerNodes(graph: Graph, raw: string, classes: readonly string[]): void {
  if (classes.length === 2) {
    const no = graph.node('Sigmoid', [graph.node('Neg', [raw])])
    const yes = graph.node('Sigmoid', [raw])
    graph.node('Concat', [no, yes], { axis: 1, output: 'probabilities' })
  } else graph.node('Softmax', [raw], { axis: 1, output: 'probabilities' })
  labelNodes(graph, classes)
}

/** Adds the output `label` for the output `probabilities`. */
export function labelNodes(graph: Graph, classes: readonly string[]): void {
  const last = classes.length === 2 ? 1 : 0
  const best = graph.node('ArgMax', ['probabilities'], { axis: 1, keepdims: 0, select_last_index: last })
  graph.node('Gather', [graph.constant(stringTensor(classes, [classes.length])), best], { axis: 0, output: 'label' })
}
