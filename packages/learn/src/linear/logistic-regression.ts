import type { ParamsOf } from '../check-params.ts'
import { encodeColumns } from '../columns/encode-columns.ts'
import { majority } from '../majority.ts'
import { answerNodes } from '../onnx/answer-nodes.ts'
import type { Graph } from '../onnx/graph.ts'
import type { PreparedRows } from '../prepared-rows.ts'
import type { TrainingSet } from '../training-set.ts'
import { coefficientSizes } from './coefficient-sizes.ts'
import { designOf } from './design.ts'
import { lbfgs } from './lbfgs.ts'
import { linearNodes } from './linear-nodes.ts'
import { logisticLoss } from './logistic-loss.ts'

const TOLERANCE = 1e-7

/** Fits a logistic regression, adds it to the graph, and returns the size of its coefficients per feature. */
export function logisticRegression(
  graph: Graph,
  set: TrainingSet,
  prepared: PreparedRows,
  params: ParamsOf<'logistic-regression'>,
): Float64Array {
  const encoded = encodeColumns(set, prepared.rows, prepared.trained)
  if (encoded.length === 0) {
    majority(graph, set, prepared)
    return new Float64Array(set.features.length)
  }
  const design = designOf(encoded, prepared.trained)
  const outputs = set.classes.length === 2 ? 1 : set.classes.length
  const loss = logisticLoss(design, prepared.labels, outputs, params.l2)
  const theta = lbfgs(loss, outputs * (design.size + 1), params.iterations, TOLERANCE)
  answerNodes(graph, linearNodes(graph, set, design, theta, outputs), set.classes)
  return coefficientSizes(set, design, theta, outputs)
}
