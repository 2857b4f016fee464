import { type Ports, UserError } from '@mlwright/domain'
import { evaluatePredictions, resolveEvaluate } from '@mlwright/scoring'
import { recordText } from '@mlwright/tracking'
import { modelData } from '../common/model-data.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { scoreRows } from './evaluate-run.ts'
import { type EvaluateInputs, type Judged, judgement } from './judgement.ts'
import { resamplingOf } from './resampling.ts'

/** Judges an ONNX file that anybody made: on the model's test split, or on all rows of another dataset. */
export async function evaluateModelFile(inputs: EvaluateInputs, ports: Ports): Promise<Judged> {
  const config = await readConfig(ports.files, inputs.config)
  const models = chooseModels(config, inputs.model)
  const [name, model] = models[0]!
  if (models.length > 1) throw new UserError('INPUT_INVALID', 'Say with the input `model` which model the file is.')
  const other = inputs.dataset !== undefined && inputs.dataset !== model.dataset ? inputs.dataset : null
  if (other && !config.datasets[other])
    throw new UserError('INPUT_INVALID', `${inputs.config} has no dataset ${other}.`)
  const judged = other ? { ...config, models: { [name]: { ...model, dataset: other } } } : config
  const path = inputs.modelPath!
  const bytes = await ports.files.read(path)
  if (!bytes) throw new UserError('FILE_MISSING', `There is no model at ${path}; correct the input \`model-path\`.`)
  const scoped = await modelInputs(ports, judged, name)
  const data = await modelData(ports.engine, scoped)
  const rows = other ? Int32Array.from([...data.train, ...data.validation, ...data.test]).sort() : data.test
  const session = await ports.sessions.open(bytes)
  const predictions = await scoreRows(session, scoped, data, rows, '')
  await session.close()
  const evaluation = evaluatePredictions({
    model: name,
    run: null,
    predictions,
    settings: resolveEvaluate(name, model, config.project, data.classes.length),
    trainLabels: Float64Array.from(data.train, (row) => data.labels[row]!),
    ...(config.project.value && { value: config.project.value }),
    resampling: resamplingOf(model, predictions),
  })
  const written = `.mlwright/evaluations/${name}.json`
  await ports.files.write(written, recordText(evaluation))
  return {
    verdict: evaluation.verdict,
    message: judgement(name, evaluation, evaluation.verdict),
    evaluation,
    path: written,
  }
}
