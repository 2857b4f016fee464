import type { ParamsOf } from '../check-params.ts'
import { encodeColumns } from '../columns/encode-columns.ts'
import type { Job } from '../job.ts'
import { majority } from '../majority.ts'
import { coefficientSizes } from './coefficient-sizes.ts'
import { designOf } from './design.ts'
import { linearNodes } from './linear-nodes.ts'
import { ridge } from './ridge.ts'

/** Fits a ridge regression, adds it to the graph, and returns the size of its coefficients per feature. */
export function linearRegression(job: Job, params: ParamsOf<'linear-regression'>): Float64Array {
  const { graph, set, prepared } = job
  const encoded = encodeColumns(set, prepared.rows, prepared.trained)
  if (encoded.length === 0) return majority(job)
  const design = designOf(encoded, prepared.trained)
  const theta = ridge(design, prepared.labels, params.l2)
  graph.node('Identity', [linearNodes(graph, set, design, theta, 1)], { output: 'prediction' })
  return coefficientSizes(set, design, theta, 1)
}
