import { checkParams, type Params } from './check-params.ts'
import { encodeColumns } from './columns/encode-columns.ts'
import { importanceOf } from './importance.ts'
import { prepareRows } from './prepared-rows.ts'
import type { Importance, TrainingSet } from './training-set.ts'
import { binTable } from './trees/binned-table.ts'
import { boost, leafOf } from './trees/boost.ts'
import { logistic, squaredError } from './trees/objective.ts'

/**
 * Trains gradient boosting to tell two classes apart, or to say a number, and scores the validation rows, which it does
 * not learn from, by the log-odds of the second class, or by the number; no model is written. Throws `UserError` as `fit` does.
 */
export async function heldOutScores(
  set: TrainingSet,
  params: Params,
  seed: number,
): Promise<{ scores: Float64Array; importance: Importance[] }> {
  const checked = checkParams('gradient-boosting', params)
  const prepared = prepareRows(set)
  const { rows, trained, labels } = prepared
  const encoded = encodeColumns(set, rows, trained)
  const scores = new Float64Array(rows.length - trained)
  const gains = new Float64Array(set.features.length)
  const objective = set.task === 'regression' ? squaredError(labels, trained) : logistic(labels, trained)
  if (encoded.length === 0) return { scores: scores.fill(objective.prior()[0]!), importance: importanceOf(set, gains) }
  const table = binTable(encoded, trained, { bins: checked.bins, seed })
  const rounds = await boost(table, trained, objective, { ...checked, early_stopping: null }, async () => {})
  for (const tree of rounds.flat()) {
    for (const { column, gain } of tree.nodes) gains[table.columns[column]!.feature]! += gain
    for (let i = 0; i < scores.length; i++) scores[i]! += tree.leaves[leafOf(tree, table, trained + i)]!
  }
  return { scores, importance: importanceOf(set, gains) }
}
