import { saltedKeys, writePredictions } from '@mlwright/data'
import { type Evaluation, type Ports, type Predictions, type Run, type Session, UserError } from '@mlwright/domain'
import {
  evaluatePredictions,
  featureFindings,
  type LabelledData,
  leakageFindings,
  resolveEvaluate,
  scoreModel,
} from '@mlwright/scoring'
import { localPaths } from '../common/local-records.ts'
import { type ModelData, modelData } from '../common/model-data.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { sha256 } from '../common/sha256.ts'
import { keptColumns, resamplingOf } from './resampling.ts'

/** Training rows that are scored for the gap; more would tell no more. */
const trainRowsScored = 100_000

/** A run with its judgement and the test rows' predictions, keys salted. */
export interface EvaluatedRun {
  readonly run: Run
  readonly inputs: ModelInputs
  readonly data: ModelData
  readonly evaluation: Evaluation
  readonly predictions: Predictions
}

/** Scores some rows of a model's data. */
export async function scoreRows(
  session: Session,
  inputs: ModelInputs,
  data: ModelData,
  rows: Int32Array,
  salt: string,
): Promise<Predictions> {
  const { model, config, name } = inputs
  const predictions = await scoreModel(session, {
    task: model.task,
    classes: data.classes,
    features: data.features,
    table: data.table,
    rows,
    keys: data.keys,
    labels: data.labels,
    columns: keptColumns(model, resolveEvaluate(name, model, config.project).slices),
  })
  return { ...predictions, keys: predictions.keys && saltedKeys(predictions.keys, salt) }
}

/** Opens a run's model file after checking that it is the one that the run names. */
export async function openModel(ports: Pick<Ports, 'files' | 'sessions'>, run: Run): Promise<Session> {
  const path = `${localPaths.run(run.id)}/model.onnx`
  const bytes = await ports.files.read(path)
  if (!bytes) throw new UserError('FILE_MISSING', `There is no ${path}; run the action \`train\` again.`)
  if (sha256(bytes) !== run.model_file?.digest)
    throw new UserError(
      'MODEL_INVALID',
      `${path} is not the file that run ${run.id} names (its digest differs); run the action \`train\` again.`,
    )
  return ports.sessions.open(bytes)
}

const findingsOf = (data: LabelledData) => [...leakageFindings(data), ...featureFindings(data)]

/** Judges a run on the test split of its data, which is read from the working copy and never from the trainer. */
export async function evaluateRun(ports: Ports, inputs: ModelInputs, run: Run, salt: string): Promise<EvaluatedRun> {
  const { model, name, config } = inputs
  if (run.input_digest !== inputs.inputDigest)
    throw new UserError(
      'RECORD_INVALID',
      `Run ${run.id} of ${name} was trained from other inputs than stand here now; run the action \`train\` again.`,
    )
  return ports.progress.during(`Evaluating ${name}`, async () => {
    const data = await modelData(ports.engine, inputs)
    if (data.test.length === 0)
      throw new UserError(
        'DATA_UNUSABLE',
        `The split of ${name} leaves no row to test on; change models.${name}.split.`,
      )
    const session = await openModel(ports, run)
    const predictions = await scoreRows(session, inputs, data, data.test, salt)
    const train = await scoreRows(session, inputs, data, data.train.subarray(0, trainRowsScored), salt)
    await session.close()
    const evaluation = evaluatePredictions({
      model: name,
      run: run.id,
      predictions,
      settings: resolveEvaluate(name, model, config.project, data.classes.length),
      train,
      trainLabels: Float64Array.from(data.train, (row) => data.labels[row]!),
      ...(config.project.value && { value: config.project.value }),
      resampling: resamplingOf(model, predictions),
      findings: findingsOf({ ...data, task: model.task }),
    })
    await writePredictions(
      ports.engine,
      ports.files.absolute(`${localPaths.run(run.id)}/predictions.parquet`),
      predictions,
    )
    return { run, inputs, data, evaluation, predictions }
  })
}
