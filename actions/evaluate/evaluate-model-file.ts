import { type Ports, UserError } from '@mlwright/domain'
import { modelData } from '../common/model-data.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { scoreRows } from './evaluate-run.ts'
import { judgePredictions } from './judge-predictions.ts'
import type { EvaluateInputs, Judged } from './judgement.ts'

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
  const trainLabels = Float64Array.from(data.train, (row) => data.labels[row]!)
  return judgePredictions(ports, { name, model, project: config.project }, predictions, trainLabels)
}
