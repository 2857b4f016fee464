import { Comparison, type Config, Evaluation, type Ports, Profile, Run, UserError } from '@mlwright/domain'
import type { Records, StoredRun } from '@mlwright/tracking'
import { conditionText, judgeAgain, verdictOf } from '../common/judge-again.ts'
import { localPaths, readLocal } from '../common/local-records.ts'
import { sha256 } from '../common/sha256.ts'
import { stampOf } from '../common/stamp-of.ts'
import { inputsProblem } from '../report/verify-inputs.ts'
import type { Candidate } from './candidate.ts'

/** A candidate after everything that can be checked without running anything has been checked. */
export interface TrustedRun extends StoredRun {
  readonly evaluation: Evaluation
  readonly model: Uint8Array
  /** Profile of the data that it was trained from. */
  readonly profile: Profile | null
  /** Comparison with the version in the stage that it is proposed for. */
  readonly challenge: Comparison | null
}

/** The record as it was published; one that a read-only job of this very workflow run wrote where there is none yet. */
async function recordOf(ports: Ports, records: Records, { model, run: id }: Candidate): Promise<StoredRun | null> {
  const published = await records.run(model, id)
  if (published) return published
  const { event, files } = ports
  const run = await readLocal(files, Run, id, 'run')
  if (!run || run.model !== model || run.id !== id) return null
  return {
    run: { ...run, stamp: stampOf(event, null) },
    evaluation: await readLocal(files, Evaluation, id, 'evaluation'),
    comparison: await readLocal(files, Comparison, id, 'comparison'),
    predictions: await files.read(`${localPaths.run(id)}/predictions.parquet`),
  }
}

/**
 * Checks a candidate against what git and the records branch say: inputs, model file and gates of its commit.
 * Returns a sentence where it must not be released.
 */
export async function trustedRun(
  ports: Ports,
  records: Records,
  config: Config,
  prefix: string,
  candidate: Candidate,
): Promise<TrustedRun | string> {
  const { files, refs } = ports
  const { model: name, run: id, commit } = candidate
  const stored = await recordOf(ports, records, candidate)
  if (!stored?.evaluation) return `There is no judged run ${id} of ${name}.`
  if (stored.run.stamp?.fork) return `Run ${id} was computed by a fork, so nothing vouches for it.`
  const problem = await inputsProblem(refs, commit, prefix, config, name, stored.run)
  if (problem) return problem
  const model = await files.read(`${localPaths.run(id)}/model.onnx`)
  if (!model || sha256(model) !== stored.run.model_file?.digest)
    throw new UserError(
      'MODEL_INVALID',
      `The model file of run ${id} is not the one that its record names; run the workflow again.`,
    )
  const gates = judgeAgain(config, name, stored.evaluation, stored.comparison)
  const failed = gates.filter((gate) => gate.verdict === 'fail')
  if (verdictOf([gates]) === 'fail') return `It does not pass ${failed.map(conditionText).join(', ')}.`
  return {
    ...stored,
    evaluation: stored.evaluation,
    model,
    profile: await readLocal(files, Profile, id, 'profile'),
    challenge: await readLocal(files, Comparison, id, 'champion'),
  }
}
