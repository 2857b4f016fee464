import { readPredictions } from '@mlwright/data'
import type { Comparison, Config, Ports, Run } from '@mlwright/domain'
import { comparePredictions, resolveEvaluate } from '@mlwright/scoring'
import { compareRuns, type Records, type StoredRun } from '@mlwright/tracking'
import { resamplingOf } from '../evaluate/resampling.ts'
import { localPaths } from './local-records.ts'
import { notesOf, type Registry } from './registry.ts'

export interface Champion {
  readonly version: string
  /** Its published run; null where no record of it was found. */
  readonly stored: StoredRun | null
}

/** The published run that a registered version is; null where another tool registered it. */
export async function runOfVersion(
  registry: Registry,
  records: Records,
  model: string,
  tag: string,
): Promise<StoredRun | null> {
  const note = notesOf(registry)(tag)
  return note && records.run(model, note.run)
}

/** The version in a stage; null where the stage is empty. */
export async function championOf(
  registry: Registry,
  records: Records,
  model: string,
  stage: string,
): Promise<Champion | null> {
  const known = registry.models.get(model)
  const held = known?.stages.get(stage)?.[0]
  const registered = held && known.versions.find(({ version }) => version === held.version)
  if (!registered) return null
  return { version: held.version, stored: await runOfVersion(registry, records, model, registered.tag) }
}

/** Compares a run with the champion on the test rows of both; null where either's predictions are not stored. */
export async function compareWithChampion(
  { engine, files }: Pick<Ports, 'engine' | 'files'>,
  config: Config,
  candidate: Run,
  { stored }: Champion,
): Promise<Comparison | null> {
  const path = `${localPaths.run(candidate.id)}/predictions.parquet`
  const model = config.models[candidate.model]
  if (!model || !stored?.predictions || !(await files.read(path))) return null
  const old = `${localPaths.run(stored.run.id)}/predictions.parquet`
  await files.write(old, stored.predictions)
  const [is, was] = [
    await readPredictions(engine, files.absolute(path)),
    await readPredictions(engine, files.absolute(old)),
  ]
  const compared = comparePredictions({
    model: candidate.model,
    baseline: {
      run: stored.run.id,
      commit: stored.run.code.commit,
      input_digest: stored.run.input_digest,
      retrained: false,
      predictions: was,
    },
    candidate: { run: candidate.id, input_digest: candidate.input_digest, predictions: is },
    settings: resolveEvaluate(candidate.model, model, config.project, candidate.classes.length),
    resampling: resamplingOf(model, is),
  })
  return { ...compared, ...compareRuns(stored.run, candidate) }
}
