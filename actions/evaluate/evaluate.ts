import { type Ports, UserError } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { latestRun } from '../common/local-records.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { chooseRun } from './choose-run.ts'
import { evaluateModelFile } from './evaluate-model-file.ts'
import { evaluateToolPredictions } from './evaluate-tool-predictions.ts'
import { judgeRun } from './judge-run.ts'
import type { EvaluateInputs, Judged } from './judgement.ts'
import { saltOf } from './salt.ts'

/** Judges the chosen models' runs, a model file, or a table of predictions, whichever the inputs name. */
export async function evaluate(inputs: EvaluateInputs, ports: Ports): Promise<Judged[]> {
  const named = (['run', 'modelPath', 'predictions'] as const).filter((name) => inputs[name] !== undefined)
  if (named.length > 1)
    throw new UserError('INPUT_INVALID', 'Give one of `run`, `model-path` and `predictions`, not several.')
  if (inputs.predictions !== undefined) return [await evaluateToolPredictions(inputs, ports)]
  if (inputs.modelPath !== undefined) return [await evaluateModelFile(inputs, ports)]

  const config = await readConfig(ports.files, inputs.config)
  const records = new Records(ports.refs)
  const chosen = inputs.run === undefined ? null : await chooseRun(ports.files, inputs.run)
  const salt = await saltOf(ports.files, records)
  const judged: Judged[] = []
  for (const [name] of chooseModels(config, chosen?.model ?? inputs.model)) {
    const run = chosen ?? (await latestRun(ports.files, name))
    judged.push(await judgeRun(ports, records, { config, path: inputs.config }, run, salt))
  }
  return judged
}
