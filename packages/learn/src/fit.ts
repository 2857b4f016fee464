import { UserError } from '@mlwright/domain'
import { checkParams, type Params, type ParamsOf } from './check-params.ts'
import { importanceOf } from './importance.ts'
import type { Job } from './job.ts'
import { linearRegression } from './linear/linear-regression.ts'
import { logisticRegression } from './linear/logistic-regression.ts'
import { majority } from './majority.ts'
import { Graph } from './onnx/graph.ts'
import { checkNames, writeModel } from './onnx/write-model.ts'
import { prepareRows } from './prepared-rows.ts'
import type { Algorithm } from './trainer-version.ts'
import type { Fitted, OnProgress, TrainingSet } from './training-set.ts'
import { gradientBoosting } from './trees/gradient-boosting.ts'

/** Each adds its model to the job's graph and returns what each feature contributes. */
const trainers: { readonly [A in Algorithm]: (job: Job, params: ParamsOf<A>) => Float64Array | Promise<Float64Array> } =
  {
    'gradient-boosting': gradientBoosting,
    'logistic-regression': logisticRegression,
    'linear-regression': linearRegression,
    majority,
  }

function checkTask(algorithm: Algorithm, { task }: TrainingSet): void {
  const only = { 'logistic-regression': 'classification', 'linear-regression': 'regression' } as const
  const fits = algorithm === 'logistic-regression' || algorithm === 'linear-regression' ? only[algorithm] : task
  if (fits === task) return
  const other = task === 'classification' ? 'logistic-regression' : 'linear-regression'
  throw new UserError(
    'CONFIG_INVALID',
    `train.algorithm ${algorithm} is for ${fits}, but the task is ${task}; choose ${other} or gradient-boosting.`,
  )
}

/** The model answers in float32, whose squares and sums have to stay finite while it learns. */
const largestTarget = 1e15

function checkTarget({ task, labels, rows }: TrainingSet): void {
  if (task !== 'regression') return
  const row = rows.find((row) => Math.abs(labels[row]!) > largestTarget)
  if (row === undefined) return
  throw new UserError(
    'DATA_UNUSABLE',
    `The target is ${labels[row]} in row ${row + 1}, and a model can learn values up to ${largestTarget}; correct that row, or give the target in another unit.`,
  )
}

/**
 * Trains a built-in algorithm and returns it as one ONNX file from raw columns to answers, with the importance of each
 * feature. The same arguments give the same bytes on every machine.
 * Throws `UserError` CONFIG_INVALID for params or a task that do not fit, DATA_UNUSABLE for data that teach nothing.
 */
export async function fit<A extends Algorithm>(
  algorithm: A,
  params: Params,
  seed: number,
  set: TrainingSet,
  metadata: Readonly<Record<string, string>>,
  onProgress: OnProgress = () => {},
): Promise<Fitted> {
  checkTask(algorithm, set)
  const checked = checkParams(algorithm, params)
  checkNames(set)
  checkTarget(set)
  const prepared = prepareRows(set)
  const graph = new Graph(set.features.map(({ name }) => name))
  const amounts = await trainers[algorithm]({ graph, set, prepared, seed, onProgress }, checked)
  return { model: writeModel(graph, set, metadata), importance: importanceOf(set, amounts) }
}
