import { TensorProto_DataType as DataType } from 'onnx-buf'
import { columnNodes } from '../onnx/column-nodes.ts'
import type { Graph } from '../onnx/graph.ts'
import { floatTensor, int64Tensor } from '../onnx/tensors.ts'
import type { TrainingSet } from '../training-set.ts'
import { type Design, type Levels, levelParts } from './design.ts'

function codes(graph: Graph, set: TrainingSet, { column }: Levels): string {
  if (column.kind === 'category')
    return graph.node('LabelEncoder', [set.features[column.feature]!.name], {
      domain: 'ai.onnx.ml',
      keys_strings: column.categories,
      values_int64s: column.categories.map((_, index) => index + 1),
      default_int64: 0,
    })
  const [part] = columnNodes(graph, set, [column]) as [string]
  const shift = column.part === 'weekday' ? levelParts.weekday : levelParts.month
  const level = graph.node('Add', [part, graph.constant(floatTensor([shift], [1, 1]))])
  const none = graph.constant(floatTensor([0], [1, 1]))
  const known = graph.node('Where', [graph.node('IsNaN', [graph.node('Sub', [part, part])]), none, level])
  return graph.node('Cast', [known], { to: DataType.INT64 })
}

/**
 * Adds a linear model over the features and returns its scores `[N, outputs]`. `theta` holds the coefficients of each
 * output with its intercept last; the standardisation is folded into them.
 */
export function linearNodes(
  graph: Graph,
  set: TrainingSet,
  design: Design,
  theta: Float64Array,
  outputs: number,
): string {
  const { numbers, levels, size } = design
  const all = Array.from({ length: outputs }, (_, k) => k)
  const weight = (k: number, at: number) => theta[k * (size + 1) + at]!
  const table = (rows: readonly number[][]) => graph.constant(floatTensor(rows.flat(), [rows.length, outputs]))
  const terms = [table([all.map((k) => weight(k, size))])]
  if (numbers.length > 0) {
    const inputs = columnNodes(
      graph,
      set,
      numbers.map(({ column }) => column),
    )
    const means = floatTensor(
      numbers.map(({ mean }) => mean),
      [1, numbers.length],
    )
    const centred = graph.node('Sub', [graph.node('Concat', inputs, { axis: 1 }), graph.constant(means)])
    const missing = graph.node('IsNaN', [graph.node('Sub', [centred, centred])])
    const filled = graph.node('Where', [missing, graph.constant(floatTensor([0], [1, 1])), centred])
    const slopes = numbers.map(({ scale }, at) => all.map((k) => weight(k, at) / scale))
    terms.push(graph.node('MatMul', [filled, table(slopes)]))
    if (numbers.some(({ indicator }) => indicator >= 0)) {
      const indicators = graph.node('Cast', [missing], { to: DataType.FLOAT })
      const shifts = numbers.map(({ indicator }) => all.map((k) => (indicator >= 0 ? weight(k, indicator) : 0)))
      terms.push(graph.node('MatMul', [indicators, table(shifts)]))
    }
  }
  for (const level of levels) {
    const rows = Array.from({ length: level.count }, (_, code) => all.map((k) => weight(k, level.offset + code)))
    const found = graph.node('Gather', [table(rows), codes(graph, set, level)], { axis: 0 })
    terms.push(graph.node('Squeeze', [found, graph.constant(int64Tensor([1], [1]))]))
  }
  return graph.node('Sum', terms)
}
