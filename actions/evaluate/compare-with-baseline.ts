import { readPredictions } from '@mlwright/data'
import { type Comparison, type Evaluation, type Ports, type Predictions, Run } from '@mlwright/domain'
import { comparePredictions, resolveEvaluate } from '@mlwright/scoring'
import { compareRuns, type Records } from '@mlwright/tracking'
import { localPaths, readBaseline, readLocal, writeLocal } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { readConfig } from '../common/project.ts'
import { type EvaluatedRun, evaluateRun } from './evaluate-run.ts'
import { resamplingOf } from './resampling.ts'
import { scoreBaselineAgain } from './score-baseline-again.ts'

interface ScoredBaseline {
  readonly run: Run
  readonly evaluation: Evaluation | null
  readonly predictions: Predictions
}

/** A baseline that was trained here is judged on its own commit's data. */
async function evaluateRetrained(
  ports: Ports,
  configPath: string,
  id: string,
  commit: string,
  model: string,
  salt: string,
): Promise<ScoredBaseline | null> {
  const run = await readLocal(ports.files, Run, id, 'run')
  if (!run || run.failure !== null) return null
  return ports.git.worktree(commit, async (copy) => {
    const config = await readConfig(copy.files, configPath)
    return evaluateRun(ports, await modelInputs(copy, config, model), run, salt)
  })
}

async function publishedPredictions(
  ports: Ports,
  records: Records,
  model: string,
  id: string,
): Promise<ScoredBaseline | null> {
  const stored = await records.run(model, id)
  if (!stored?.predictions) return null
  const path = `${localPaths.run(id)}/predictions.parquet`
  await ports.files.write(path, stored.predictions)
  await writeLocal(ports.files, id, 'run', stored.run)
  return {
    run: stored.run,
    evaluation: stored.evaluation,
    predictions: await readPredictions(ports.engine, ports.files.absolute(path)),
  }
}

/** Compares a judged run with its baseline on the rows that both were tested on; null where there is none. */
export async function compareWithBaseline(
  ports: Ports,
  configPath: string,
  records: Records,
  candidate: EvaluatedRun,
  salt: string,
): Promise<Comparison | null> {
  const { name, model, config } = candidate.inputs
  const found = await readBaseline(ports.files, name)
  if (!found?.run) return null
  const scored = found.retrained
    ? found.commit && (await evaluateRetrained(ports, configPath, found.run, found.commit, name, salt))
    : await publishedPredictions(ports, records, name, found.run)
  if (!scored) return null
  const { run, evaluation, predictions } = scored
  if (evaluation) await writeLocal(ports.files, run.id, 'evaluation', evaluation)
  const compare = (scores: Predictions, retrained: boolean, pairedShare?: number) =>
    comparePredictions({
      model: name,
      baseline: { run: run.id, commit: found.commit, input_digest: run.input_digest, retrained, predictions: scores },
      candidate: {
        run: candidate.run.id,
        input_digest: candidate.run.input_digest,
        predictions: candidate.predictions,
      },
      settings: resolveEvaluate(name, model, config.project, candidate.data.classes.length),
      resampling: resamplingOf(model, candidate.predictions),
      ...(pairedShare !== undefined && { pairedShare }),
    })
  const compared = compare(predictions, found.retrained)
  const again =
    compared.paired || found.commit === null
      ? null
      : await scoreBaselineAgain(ports, configPath, records, { commit: found.commit, run }, candidate, salt)
  const retrained = found.retrained || !('command' in run.train)
  return { ...(again ? compare(again, retrained, 0) : compared), ...compareRuns(run, candidate.run) }
}
