import { type Config, type Ports, type Run, UserError, worst } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { writeLocal } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { compareWithBaseline } from './compare-with-baseline.ts'
import { evaluateRun } from './evaluate-run.ts'
import { type Judged, judgement } from './judgement.ts'
import { publishedJudgement } from './published-judgement.ts'

function nothingToJudge(name: string, reason: string): Judged {
  return { verdict: 'fail', message: `${name}: there is no model to judge. ${reason}`, evaluation: null, path: null }
}

/** A command's model that cannot be run is a failure of its run, which the report explains; anything else is thrown. */
const unusableModel = (run: Run) => (error: unknown) => {
  if (error instanceof UserError && error.code === 'MODEL_INVALID' && 'command' in run.train) return error.message
  throw error
}

/** Judges one run, alone and against its baseline, and writes its Evaluation and Comparison. */
export async function judgeRun(
  ports: Ports,
  records: Records,
  { config, path }: { readonly config: Config; readonly path: string },
  run: Run,
  salt: string,
): Promise<Judged> {
  const { model: name } = run
  if (run.failure !== null) return nothingToJudge(name, run.failure)
  const published = await publishedJudgement(ports, records, config, name, run)
  if (published) return published
  const inputs = await modelInputs(ports, config, name)
  const candidate = await evaluateRun(ports, inputs, run, salt).catch(unusableModel(run))
  if (typeof candidate === 'string') {
    await writeLocal(ports.files, run.id, 'run', { ...run, failure: candidate })
    return nothingToJudge(name, candidate)
  }
  const { evaluation } = candidate
  const comparison = await compareWithBaseline(ports, path, records, candidate, salt)
  const written = await writeLocal(ports.files, run.id, 'evaluation', evaluation)
  if (comparison) await writeLocal(ports.files, run.id, 'comparison', comparison)
  const gates = [...evaluation.gates, ...(comparison?.gates ?? [])]
  const verdict = worst(gates.map((gate) => gate.verdict))
  return { verdict, message: judgement(name, evaluation, verdict, gates), evaluation, path: written }
}
