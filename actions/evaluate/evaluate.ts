import { type Ports, type Run, UserError, worst } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { latestRun, writeLocal } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { chooseRun } from './choose-run.ts'
import { compareWithBaseline } from './compare-with-baseline.ts'
import { evaluateModelFile } from './evaluate-model-file.ts'
import { evaluateRun } from './evaluate-run.ts'
import { evaluateToolPredictions } from './evaluate-tool-predictions.ts'
import { type EvaluateInputs, type Judged, judgement } from './judgement.ts'
import { publishedJudgement } from './published-judgement.ts'
import { saltOf } from './salt.ts'

function nothingToJudge(name: string, reason: string): Judged {
  return { verdict: 'fail', message: `${name}: there is no model to judge. ${reason}`, evaluation: null, path: null }
}

/** A command's model that cannot be run is a failure of its run, which the report explains; anything else is thrown. */
const unusableModel = (run: Run) => (error: unknown) => {
  if (error instanceof UserError && error.code === 'MODEL_INVALID' && 'command' in run.train) return error.message
  throw error
}

/** Judges the chosen models' runs, a model file, or a table of predictions, whichever the inputs name. */
export async function evaluate(inputs: EvaluateInputs, ports: Ports): Promise<Judged[]> {
  const named = (['run', 'modelPath', 'predictions'] as const).filter((name) => inputs[name] !== undefined)
  if (named.length > 1)
    throw new UserError('INPUT_INVALID', 'Give one of `run`, `model-path` and `predictions`, not several.')
  if (inputs.predictions !== undefined) return [await evaluateToolPredictions(inputs, ports)]
  if (inputs.modelPath !== undefined) return [await evaluateModelFile(inputs, ports)]

  const config = await readConfig(ports.files, inputs.config)
  const records = new Records(ports.refs)
  const copy = { files: ports.files, git: ports.git }
  const chosen = inputs.run === undefined ? null : await chooseRun(ports.files, inputs.run)
  const salt = await saltOf(ports.files, records)
  const judged: Judged[] = []
  for (const [name] of chooseModels(config, chosen?.model ?? inputs.model)) {
    const run = chosen ?? (await latestRun(ports.files, name))
    if (run.failure !== null) {
      judged.push(nothingToJudge(name, run.failure))
      continue
    }
    const published = await publishedJudgement(ports, records, config, name, run)
    if (published) {
      judged.push(published)
      continue
    }
    const candidate = await evaluateRun(ports, await modelInputs(copy, config, name), run, salt).catch(
      unusableModel(run),
    )
    if (typeof candidate === 'string') {
      await writeLocal(ports.files, run.id, 'run', { ...run, failure: candidate })
      judged.push(nothingToJudge(name, candidate))
      continue
    }
    const comparison = await compareWithBaseline(ports, inputs.config, records, candidate, salt)
    const path = await writeLocal(ports.files, run.id, 'evaluation', candidate.evaluation)
    if (comparison) await writeLocal(ports.files, run.id, 'comparison', comparison)
    const gates = [...candidate.evaluation.gates, ...(comparison?.gates ?? [])]
    const verdict = worst(gates.map((gate) => gate.verdict))
    judged.push({
      verdict,
      message: judgement(name, candidate.evaluation, verdict, gates),
      evaluation: candidate.evaluation,
      path,
    })
  }
  return judged
}
