import { type Config, type Ports, Retraining, UserError } from '@mlwright/domain'
import { Records, readRecord } from '@mlwright/tracking'
import { artifactName, folderPrefix } from '../common/artifact-name.ts'
import { committedConfig } from '../common/committed-config.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { upload } from '../common/upload.ts'
import { saltOf } from '../evaluate/salt.ts'
import { throwProblems } from '../monitor/monitor-models.ts'
import { receive } from '../report/receive.ts'
import { downloadTrained, uploadTrained } from '../train/hand-over.ts'
import type { Place } from './kept.ts'
import { type Prepared, prepareRetraining } from './prepare-retraining.ts'
import { publishRetraining } from './publish-retraining.ts'
import { readReason } from './reason.ts'
import { type Retrained, type RetrainOutcome, retrainOutcome } from './retrain-outcome.ts'
import { type RetrainInputs, retrainedModels, retrainNames } from './settings.ts'

const pathOf = (model: string) => `${retrainNames.folder(model)}/retraining.json`

/** Trains and judges candidates for every model that drifts. A model that cannot be trained again keeps no other one from it. */
async function prepareAll(ports: Ports, inputs: RetrainInputs, config: Config, received: boolean) {
  const records = new Records(ports.refs)
  const chosen = chooseModels(config, inputs.model)
  const models = retrainedModels(config, chosen, inputs.model !== undefined || inputs.reason !== undefined)
  if (inputs.reason !== undefined && models.length > 1)
    throw new UserError('INPUT_INVALID', 'There are several models; say with `model` which one `reason` is about.')
  if (models.length === 0)
    throw new UserError(
      'INPUT_INVALID',
      `No model says what production saw of it; add models.${chosen[0]?.[0] ?? '<name>'}.monitor.current to ${inputs.config}.`,
    )
  const salt = await saltOf(ports.files, records)
  const problems: UserError[] = []
  const prepared: Prepared[] = []
  for (const [name, model] of models)
    try {
      const reason = await readReason(ports, records, name, inputs)
      if (reason)
        prepared.push(
          await prepareRetraining(ports, records, inputs, { config, name, model }, reason, { received, salt }),
        )
      else if (inputs.model !== undefined)
        throw new UserError(
          'FILE_MISSING',
          `The records have no monitoring of ${name} yet; run \`monitor\` first, or give its report with the input \`reason\`.`,
        )
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(error)
    }
  return { prepared, problems }
}

async function publishAll(ports: Ports, place: Place): Promise<Retrained[]> {
  const all: Retrained[] = []
  for (const model of Object.keys(place.config.models)) {
    const path = pathOf(model)
    const bytes = await ports.files.read(path)
    if (!bytes) continue
    const retraining = readRecord(Retraining, bytes, path)
    if (retraining.model !== model)
      throw new UserError(
        'RECORD_INVALID',
        `${path} is about ${JSON.stringify(retraining.model)}; run the workflow again.`,
      )
    all.push({ retraining, path, kept: await publishRetraining(ports, place, retraining) })
  }
  return all
}

/** Hands to the writing job what it may propose: the record of each model, and of its candidate the data and the run. */
async function uploadRetrainings(ports: Ports, inputs: RetrainInputs, prepared: readonly Prepared[]): Promise<void> {
  const picked = prepared.flatMap(({ retraining: { picked: strategy, strategies } }) =>
    strategies.filter((result) => result.strategy === strategy).map(({ run }) => `.mlwright/runs/${run}/*`),
  )
  const own = ['retraining.json', 'data.parquet'].map((name) => `.mlwright/retrain/*/${name}`)
  await upload(ports, artifactName('records', inputs), [...own, ...picked, '.mlwright/salt'])
}

async function placeOf(ports: Ports, inputs: RetrainInputs, config: Config, prefix: string): Promise<Place> {
  const { commit } = ports.event
  if (commit) return { config, path: inputs.config, prefix, commit }
  throw new UserError(
    'GIT_FAILED',
    'A retraining is proposed on a branch, and this folder has no commit; commit first.',
  )
}

/** The writing half: takes what the reading job found, as data, and keeps the pull request of each model. */
export async function publishRetrainings(inputs: RetrainInputs, ports: Ports): Promise<RetrainOutcome> {
  if (!(await receive(ports, artifactName('records', inputs)))) return retrainOutcome([])
  const prefix = folderPrefix(inputs)
  const config = await committedConfig(ports, ports.event.commit, prefix + inputs.config)
  return retrainOutcome(await publishAll(ports, await placeOf(ports, inputs, config, prefix)))
}

/** The reading half: trains and judges candidates; `write` also keeps the pull requests, in one job. */
export async function retrainModels(
  inputs: RetrainInputs & { readonly download: boolean },
  ports: Ports,
  write: boolean,
): Promise<RetrainOutcome> {
  const { event, files, git } = ports
  await files.remove('.mlwright/retrain')
  const config = await readConfig(files, inputs.config)
  if (inputs.download) await downloadTrained(ports, inputs)
  const { prepared, problems } = await prepareAll(ports, inputs, config, inputs.download)
  const userCode = prepared.some((one) => one.userCode)
  const reading = prepared.map(({ retraining }) => ({ retraining, path: pathOf(retraining.model), kept: null }))
  if (userCode) await uploadTrained(ports, inputs)
  else if (!write && event.name !== 'local') await uploadRetrainings(ports, inputs, prepared)
  const all =
    write && !userCode
      ? await publishAll(ports, await placeOf(ports, inputs, config, (await git.head()).prefix))
      : reading
  const outcome = retrainOutcome(all, userCode)
  await throwProblems(ports, problems, outcome)
  return outcome
}
