import type { ParamsOf } from '../check-params.ts'
import { encodeColumns } from '../columns/encode-columns.ts'
import type { Job } from '../job.ts'
import { majority } from '../majority.ts'
import { answerNodes } from '../onnx/answer-nodes.ts'
import { coefficientSizes } from './coefficient-sizes.ts'
import { designOf } from './design.ts'
import { lbfgs } from './lbfgs.ts'
import { linearNodes } from './linear-nodes.ts'
import { logisticLoss } from './logistic-loss.ts'

const TOLERANCE = 1e-7

/** Fits a logistic regression, adds it to the graph, and returns the size of its coefficients per feature. */
export function logisticRegression(job: Job, params: ParamsOf<'logistic-regression'>): Float64Array {
  const { graph, set, prepared } = job
  const encoded = encodeColumns(set, prepared.rows, prepared.trained)
  if (encoded.length === 0) return majority(job)
  const design = designOf(encoded, prepared.trained)
  const outputs = set.classes.length === 2 ? 1 : set.classes.length
  const loss = logisticLoss(design, prepared.labels, outputs, params.l2)
  const theta = lbfgs(loss, outputs * (design.size + 1), params.iterations, TOLERANCE)
  answerNodes(graph, linearNodes(graph, set, design, theta, outputs), set.classes)
  return coefficientSizes(set, design, theta, outputs)
}
