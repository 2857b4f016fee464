import { type Config, type Model, type Ports, type Predictions, type Retraining, UserError } from '@mlwright/domain'
import { resolveEvaluate } from '@mlwright/scoring'
import { type Records, recordText } from '@mlwright/tracking'
import { writeLocal } from '../common/local-records.ts'
import { modelData } from '../common/model-data.ts'
import { type ModelInputs, modelInputs } from '../common/model-inputs.ts'
import { modelSettings, monitoredStage } from '../monitor/settings.ts'
import { betweenCandidates, compareWhole, holdoutRows, onHoldout } from './compare-holdouts.ts'
import { readNewRows } from './new-rows.ts'
import { type Champion, openChampion, scoreChampion } from './open-champion.ts'
import { pickStrategy } from './pick-strategy.ts'
import { kindOfReason, type Reason } from './reason.ts'
import { type RetrainInputs, type RetrainSettings, retrainNames, retrainSettings } from './settings.ts'
import { type Candidate, trainCandidates } from './train-candidates.ts'

/** GitHub warns of files that are larger, and refuses them at twice the size. */
const largestData = 50 * 2 ** 20

export interface Prepared {
  readonly retraining: Retraining
  /** Code of the repository ran in this job: what it left is judged in another. */
  readonly userCode: boolean
}

type Facts = Pick<Retraining, 'champion' | 'data' | 'primary' | 'strategies' | 'picked'>
const nothing: Facts = { champion: null, data: null, primary: null, strategies: [], picked: null }

/** Judges the candidates beside the champion, picks one, and lays out what is to be committed for it. */
async function judge(
  ports: Ports,
  inputs: ModelInputs,
  candidates: readonly Candidate[],
  champion: Champion,
  oldTest: number,
  { maxDrop }: RetrainSettings,
  salt: string,
): Promise<{ facts: Facts; reason: string }> {
  const { files } = ports
  const judged = new Map(candidates.flatMap(({ result, judged: found }) => (found ? [[result.strategy, found]] : [])))
  const answers = new Map<string, Predictions | null>()
  const holdouts = holdoutRows(oldTest, [...judged.values()][0]?.data.test.length ?? 0)
  const strategies: Retraining['strategies'] = []
  for (const { result } of candidates) {
    const found = judged.get(result.strategy)
    const scored = found ? await scoreChampion(champion, found, salt) : null
    answers.set(result.strategy, scored)
    strategies.push({
      ...result,
      old: found ? onHoldout(found, scored, holdouts.old) : null,
      new: found ? onHoldout(found, scored, holdouts.new) : null,
    })
  }
  await champion.session.close()
  const { primary } = resolveEvaluate(inputs.name, inputs.model, inputs.config.project, champion.run.classes.length)
  const best = pickStrategy(strategies, primary, maxDrop, (from, to) => {
    const change = betweenCandidates(judged.get(from.strategy)!, judged.get(to.strategy)!, holdouts.new)
    return change?.low == null ? null : change
  })
  const facts: Facts = {
    champion: {
      name: champion.name,
      version: champion.version,
      same_inputs: champion.run.input_digest === inputs.inputDigest,
    },
    data: null,
    primary,
    strategies,
    picked: best?.strategy ?? null,
  }
  if (best === null) {
    const failed = strategies.find(({ failure }) => failure !== null)?.failure
    return {
      facts,
      reason: failed ?? `Every candidate loses more than ${maxDrop} of ${primary} on the old holdout.`,
    }
  }
  const { run } = judged.get(best.strategy)!
  const scored = answers.get(best.strategy)
  if (scored) await writeLocal(files, run.id, 'comparison', compareWhole(judged.get(best.strategy)!, champion, scored))
  const folder = retrainNames.folder(inputs.name)
  const data = (await files.read(`${folder}/${best.strategy}.parquet`))!
  if (data.length > largestData)
    return {
      facts: { ...facts, picked: null },
      reason: `The data version has ${Math.ceil(data.length / 2 ** 20)} MiB, more than git should hold; lower models.${inputs.name}.retrain.window, with the strategy window.`,
    }
  await files.write(`${folder}/data.parquet`, data)
  return { facts, reason: '' }
}

interface Found {
  readonly facts: Facts
  readonly reason: string
  readonly userCode?: boolean
}

/** Data that cannot be learned from is a reason to propose nothing; anything else is thrown. */
const unusable = (error: unknown) => {
  if (error instanceof UserError && error.code === 'DATA_UNUSABLE') return error.message
  throw error
}

async function candidatesFor(
  ports: Ports,
  records: Records,
  given: RetrainInputs,
  { config, name, model }: { readonly config: Config; readonly name: string; readonly model: Model },
  job: { readonly received: boolean; readonly salt: string },
): Promise<Found> {
  const settings = retrainSettings(model, given)
  const inputs = await modelInputs(ports, config, name)
  const old = await modelData(ports.engine, inputs)
  const { reason: _, ...scope } = given
  const watched = modelSettings(config, name, model, { ...scope, method: 'calibrated', tests: 'auto' })
  const fresh = await readNewRows(ports, inputs, old, watched, `${retrainNames.folder(name)}/new.parquet`)
  if (typeof fresh === 'string') return { facts: nothing, reason: fresh }
  const data = fresh.facts
  const count = fresh.fresh.length
  if (count < settings.rows) {
    const one = count === 1
    return {
      facts: { ...nothing, data },
      reason: `${count} ${one ? 'row' : 'rows'} of ${data.name} ${one ? 'is' : 'are'} new and ${one ? 'has' : 'have'} a label; retraining waits for ${settings.rows} (models.${name}.retrain.rows).`,
    }
  }
  const { candidates, userCode } = await trainCandidates(ports, inputs, records, { old, fresh }, settings, job)
  const champion = await openChampion(ports, inputs, records, monitoredStage(config, model, {}), job.received)
  const ran = userCode || (champion.userCode && ports.event.name !== 'local')
  if ('problem' in champion) return { facts: { ...nothing, data }, reason: champion.problem, userCode: ran }
  if (ran) {
    await champion.session.close()
    return { facts: { ...nothing, data }, reason: 'The candidates are judged in the next job.', userCode: true }
  }
  const found = await judge(ports, inputs, candidates, champion, old.test.length, settings, job.salt)
  return { ...found, facts: { ...found.facts, data } }
}

/** Trains and judges candidates for one model where the reason says that it drifts, and writes the Retraining. */
export async function prepareRetraining(
  ports: Ports,
  records: Records,
  given: RetrainInputs,
  project: { readonly config: Config; readonly name: string; readonly model: Model },
  reason: Reason,
  job: { readonly received: boolean; readonly salt: string },
): Promise<Prepared> {
  const { name, model } = project
  const kind = kindOfReason(reason.report)
  const found: Found =
    kind === 'clear'
      ? { facts: nothing, reason: '' }
      : kind === 'unusable'
        ? { facts: nothing, reason: 'The data cannot be compared, and has to be mended first.' }
        : await candidatesFor(ports, records, given, project, job).catch((error: unknown) => ({
            facts: nothing,
            reason: unusable(error),
          }))
  const retraining: Retraining = {
    kind: 'Retraining',
    version: 1,
    model: name,
    point: reason.point,
    report: reason.report,
    outcome: kind === 'clear' ? 'clear' : found.facts.picked === null ? 'none' : 'candidate',
    reason: found.reason,
    max_drop: retrainSettings(model, given).maxDrop,
    ...found.facts,
  }
  await ports.files.write(`${retrainNames.folder(name)}/retraining.json`, recordText(retraining))
  return { retraining, userCode: found.userCode ?? false }
}
