import { setImmediate } from 'node:timers/promises'
import type { ParamsOf } from '../check-params.ts'
import { encodeColumns } from '../columns/encode-columns.ts'
import type { Job } from '../job.ts'
import { majority } from '../majority.ts'
import { answerNodes } from '../onnx/answer-nodes.ts'
import { columnNodes } from '../onnx/column-nodes.ts'
import type { PreparedRows } from '../prepared-rows.ts'
import type { TrainingSet } from '../training-set.ts'
import { binTable } from './binned-table.ts'
import { boost } from './boost.ts'
import { logistic, softmax, squaredError } from './objective.ts'
import { treeNodes } from './tree-nodes.ts'

function objectiveFor(set: TrainingSet, { labels, trained }: PreparedRows) {
  if (set.task === 'regression') return squaredError(labels, trained)
  return set.classes.length === 2 ? logistic(labels, trained) : softmax(labels, trained, set.classes.length)
}

/**
 * Fits boosted histogram trees, adds them to the graph, and returns the gain per feature.
 * Source: Friedman 2001, "Greedy function approximation"; Ke et al. 2017, "LightGBM", for leaf-wise growth.
 */
export async function gradientBoosting(job: Job, params: ParamsOf<'gradient-boosting'>): Promise<Float64Array> {
  const { graph, set, prepared, seed, onProgress } = job
  const encoded = encodeColumns(set, prepared.rows, prepared.trained)
  if (encoded.length === 0) return majority(job)
  const table = binTable(encoded, prepared.trained, { bins: params.bins, seed })
  const objective = objectiveFor(set, prepared)
  const rounds = await boost(table, prepared.trained, objective, params, async (done) => {
    onProgress(done, params.rounds)
    await setImmediate()
  })
  const gains = new Float64Array(set.features.length)
  for (const tree of rounds.flat())
    for (const node of tree.nodes) gains[table.columns[node.column]!.feature]! += node.gain
  const inputs = columnNodes(graph, set, encoded)
  const matrix = graph.node('Concat', inputs, { axis: 1 })
  const raw = treeNodes(graph, matrix, rounds, table.columns, objective.outputs)
  if (set.task === 'classification') answerNodes(graph, raw, set.classes)
  else graph.node('Identity', [raw], { output: 'prediction' })
  return gains
}
