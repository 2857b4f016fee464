import {
  type Config,
  Evaluation,
  type Ports,
  type Run,
  type Session,
  type TensorInfo,
  UserError,
} from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import type { PipelineScope } from '../common/artifact-name.ts'
import { championOf, compareWithChampion } from '../common/champion.ts'
import { committedConfig } from '../common/committed-config.ts'
import { latestRun, localPaths, readLocal, writeLocal } from '../common/local-records.ts'
import { type ModelInputs, modelInputs } from '../common/model-inputs.ts'
import { profileColumns } from '../common/profile-columns.ts'
import { chooseModels, firstStage, readConfig } from '../common/project.ts'
import { type Registry, readRegistry } from '../common/registry.ts'
import { storedModel } from '../common/stored-model.ts'
import { chooseRun } from '../evaluate/choose-run.ts'
import { layRun } from '../train/reuse-run.ts'
import { candidatesFolder, writeCandidate } from './candidate.ts'
import { expectCommitted } from './expect-committed.ts'
import { missedRuns } from './missed-runs.ts'

export interface RegisterInputs extends PipelineScope {
  readonly config: string
  readonly run?: string | undefined
}

/** The commit that a version of this working copy is of; throws where the working copy is not what it says. */
async function releasedCommit({ event, git }: Pick<Ports, 'event' | 'git'>): Promise<string> {
  if (event.name !== 'local' && event.commit) return event.commit
  const head = await git.head()
  if (head.commit && !head.dirty) return head.commit
  throw new UserError(
    'GIT_FAILED',
    'A version is of a commit, and this working copy has changes that are not committed; commit them first.',
  )
}

function signatureOf({ inputs, outputs }: Session) {
  const copy = ({ name, type, shape }: TensorInfo) => ({ name, type, shape: [...shape] })
  return { inputs: inputs.map(copy), outputs: outputs.map(copy) }
}

/** A run that is to be released, at its place in the history. */
interface Release {
  readonly config: Config
  readonly commit: string
  readonly run: Run
  readonly position: number
  readonly retrained: string | null
}

async function prepareRun(ports: Ports, registry: Registry, release: Release, model: Uint8Array): Promise<void> {
  const { files, sessions } = ports
  const { config, run, ...place } = release
  await files.write(`${localPaths.run(run.id)}/model.onnx`, model)
  const session = await sessions.open(model)
  const signature = signatureOf(session)
  await session.close()
  const champion = await championOf(registry, new Records(ports.refs), run.model, firstStage(config))
  const comparison = champion && (await compareWithChampion(ports, config, run, champion))
  if (comparison) await writeLocal(files, run.id, 'champion', comparison)
  await writeCandidate(files, {
    ...place,
    model: run.model,
    run: run.id,
    champion: champion?.version ?? null,
    signature,
  })
}

/** Writes the profile of the columns that a run was trained from, which monitoring compares with later. */
async function writeProfile(ports: Ports, { files, model }: ModelInputs, run: Run): Promise<void> {
  const columns = [...run.features.map(({ name }) => name), run.target]
  const profile = await profileColumns(ports, { name: model.dataset, source: files }, columns)
  await writeLocal(ports.files, run.id, 'profile', profile)
}

/** Merges before this commit that no release has seen. */
async function prepareMissed(
  ports: Ports,
  registry: Registry,
  inputs: RegisterInputs,
  commit: string,
  model: string,
  inputDigest: string,
) {
  const { git, runner, refs } = ports
  const { prefix } = await git.head()
  const place = { commit, prefix, config: inputs.config }
  const missed = await missedRuns(ports, new Records(refs), registry, place, model, inputDigest)
  for (const [position, { commit: at, stored }] of missed.entries()) {
    const bytes = await storedModel(ports, stored.run, inputs)
    if (!bytes) {
      runner.log(`${model}: the artifact of run ${stored.run.id} is gone, so commit ${at.slice(0, 8)} gets no version.`)
      continue
    }
    const config = await committedConfig(ports, at, prefix + inputs.config)
    await layRun(ports, stored)
    await git.worktree(at, async (copy) => writeProfile(ports, await modelInputs(copy, config, model), stored.run))
    await prepareRun(ports, registry, { config, commit: at, run: stored.run, position, retrained: null }, bytes)
  }
  return missed.length
}

async function prepareLatest(
  ports: Ports,
  registry: Registry,
  inputs: RegisterInputs,
  config: Config,
  commit: string,
  run: Run,
): Promise<void> {
  const { event, files, runner } = ports
  const name = run.model
  const scoped = await modelInputs(ports, config, name)
  const { inputDigest } = scoped
  if (run.input_digest !== inputDigest)
    throw new UserError(
      'RECORD_INVALID',
      `Run ${run.id} of ${name} was trained from other inputs than this commit has; run the actions \`train\` and \`evaluate\` again.`,
    )
  const local = event.name === 'local'
  if (local) await expectCommitted(ports, commit, inputs.config, config, name, inputDigest)
  const position = local ? 0 : await prepareMissed(ports, registry, inputs, commit, name, inputDigest)
  if (run.failure !== null) return runner.log(`${name}: ${run.failure}`)
  if (!(await readLocal(files, Evaluation, run.id, 'evaluation')))
    throw new UserError('FILE_MISSING', `Run ${run.id} of ${name} was never judged; run the action \`evaluate\` first.`)
  const model = await storedModel(ports, run, inputs)
  if (!model)
    throw new UserError(
      'ARTIFACT_MISSING',
      `The model file of run ${run.id} is not here; run the action \`train\` again.`,
    )
  await writeProfile(ports, scoped, run)
  const reason = await files.read(localPaths.retrained(name))
  const retrained = reason && new TextDecoder().decode(reason)
  await prepareRun(ports, registry, { config, commit, run, position, retrained }, model)
}

/**
 * Lays out what is to be released: this commit's run and those of merges that an earlier release missed, with their
 * model files, signatures, and comparisons with what is in the first stage.
 */
export async function prepare(inputs: RegisterInputs, ports: Ports): Promise<void> {
  const { files } = ports
  const config = await readConfig(files, inputs.config)
  const registry = await readRegistry(ports)
  const commit = await releasedCommit(ports)
  await files.remove(candidatesFolder)
  const chosen = inputs.run === undefined ? null : await chooseRun(files, inputs.run)
  for (const [name] of chooseModels(config, chosen?.model ?? inputs.model)) {
    const run = chosen ?? (await latestRun(files, name))
    await ports.progress.during(`Preparing ${name}`, () => prepareLatest(ports, registry, inputs, config, commit, run))
  }
}
