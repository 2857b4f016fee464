import { readToolPredictions } from '@mlwright/data'
import { Model, type Ports, Project, UserError } from '@mlwright/domain'
import { chooseModels, readConfig } from '../common/project.ts'
import { judgePredictions } from './judge-predictions.ts'
import type { EvaluateInputs, Judged } from './judgement.ts'
import { keptColumns } from './resampling.ts'

async function declared(
  inputs: EvaluateInputs,
  ports: Ports,
): Promise<{ name: string; model: Model; project: Project }> {
  if (inputs.task === undefined || inputs.model !== undefined) {
    const config = (await ports.files.read(inputs.config)) && (await readConfig(ports.files, inputs.config))
    if (config) {
      const models = chooseModels(config, inputs.model)
      if (models.length > 1)
        throw new UserError('INPUT_INVALID', 'Say with the input `model` which model made the predictions.')
      const [name, model] = models[0]!
      return {
        name,
        model: { ...model, ...(inputs.positive !== undefined && { positive: inputs.positive }) },
        project: config.project,
      }
    }
  }
  const { task, positive } = inputs
  if (!task)
    throw new UserError(
      'INPUT_INVALID',
      `There is no ${inputs.config} that says the task of the predictions; give the input \`task\`.`,
    )
  const model = Model.parse({
    dataset: 'predictions',
    task,
    target: 'label',
    ...(positive !== undefined && { positive }),
    train: { algorithm: 'majority' },
  })
  return { name: 'predictions', model, project: Project.parse({ name: 'predictions' }) }
}

/** Judges predictions that any tool wrote. */
export async function evaluateToolPredictions(inputs: EvaluateInputs, ports: Ports): Promise<Judged> {
  const { name, model, project } = await declared(inputs, ports)
  const path = inputs.predictions!
  if ((await ports.files.glob(path)).length === 0)
    throw new UserError('FILE_MISSING', `There are no predictions at ${path}; correct the input \`predictions\`.`)
  const predictions = await readToolPredictions(ports.engine, ports.files.absolute(path), {
    task: model.task,
    ...(model.positive !== undefined && { positive: model.positive }),
    columns: keptColumns(model, model.evaluate.slices),
  })
  return judgePredictions(ports, { name, model, project }, predictions)
}
