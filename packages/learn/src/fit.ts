import { UserError } from '@mlwright/domain'
import { checkParams, type Params } from './check-params.ts'
import { importanceOf } from './importance.ts'
import { linearRegression } from './linear/linear-regression.ts'
import { logisticRegression } from './linear/logistic-regression.ts'
import { majority } from './majority.ts'
import { Graph } from './onnx/graph.ts'
import { checkNames, writeModel } from './onnx/write-model.ts'
import { prepareRows } from './prepared-rows.ts'
import type { Algorithm } from './trainer-version.ts'
import type { Fitted, OnProgress, TrainingSet } from './training-set.ts'
import { gradientBoosting } from './trees/gradient-boosting.ts'

const tasks: Partial<Record<Algorithm, [TrainingSet['task'], Algorithm]>> = {
  'logistic-regression': ['classification', 'linear-regression'],
  'linear-regression': ['regression', 'logistic-regression'],
}

/**
 * Trains a built-in algorithm and returns it as one ONNX file from raw columns to answers, with the importance of each
 * feature. The same arguments give the same bytes on every machine.
 * Throws `UserError` CONFIG_INVALID for params or a task that do not fit, DATA_UNUSABLE for data that teach nothing.
 */
export async function fit(
  algorithm: Algorithm,
  params: Params,
  seed: number,
  set: TrainingSet,
  metadata: Readonly<Record<string, string>>,
  onProgress?: OnProgress,
): Promise<Fitted> {
  const only = tasks[algorithm]
  if (only && only[0] !== set.task)
    throw new UserError(
      'CONFIG_INVALID',
      `train.algorithm ${algorithm} is for ${only[0]}, but the task is ${set.task}; choose ${only[1]} or gradient-boosting.`,
    )
  checkNames(set)
  if (set.features.length === 0) throw new UserError('CONFIG_INVALID', 'There is no feature to learn from.')
  const prepared = prepareRows(set)
  const graph = new Graph(set.features.map(({ name }) => name))
  const amounts = await train()
  return { model: writeModel(graph, set, metadata), importance: importanceOf(set, amounts) }

  async function train(): Promise<Float64Array> {
    if (algorithm === 'gradient-boosting')
      return gradientBoosting(graph, set, prepared, checkParams(algorithm, params), seed, onProgress)
    if (algorithm === 'logistic-regression')
      return logisticRegression(graph, set, prepared, checkParams(algorithm, params))
    if (algorithm === 'linear-regression') return linearRegression(graph, set, prepared, checkParams(algorithm, params))
    checkParams(algorithm, params)
    majority(graph, set, prepared)
    return new Float64Array(set.features.length)
  }
}
