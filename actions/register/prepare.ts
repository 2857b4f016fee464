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
import { artifactName, type PipelineScope } from '../common/artifact-name.ts'
import { championOf, compareWithChampion } from '../common/champion.ts'
import { latestRun, localPaths, readLocal, writeLocal } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { chooseModels, firstStage, readConfig } from '../common/project.ts'
import { readRegistry } from '../common/registry.ts'
import { storedModel } from '../common/stored-model.ts'
import { chooseRun } from '../evaluate/choose-run.ts'
import { candidatesFolder, writeCandidate } from './candidate.ts'

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

async function prepareRun(ports: Ports, config: Config, commit: string, run: Run, scope: PipelineScope): Promise<void> {
  const { files, sessions, runner } = ports
  const name = run.model
  const { inputDigest } = await modelInputs(ports, config, name)
  if (run.input_digest !== inputDigest)
    throw new UserError(
      'RECORD_INVALID',
      `Run ${run.id} of ${name} was trained from other inputs than this commit has; run the actions \`train\` and \`evaluate\` again.`,
    )
  if (run.failure !== null) return runner.log(`${name}: ${run.failure}`)
  if (!(await readLocal(files, Evaluation, run.id, 'evaluation')))
    throw new UserError('FILE_MISSING', `Run ${run.id} of ${name} was never judged; run the action \`evaluate\` first.`)
  const model = await storedModel(ports, run, scope)
  if (!model)
    throw new UserError(
      'ARTIFACT_MISSING',
      `The model file of run ${run.id} is not here; run the action \`train\` again.`,
    )
  await files.write(`${localPaths.run(run.id)}/model.onnx`, model)
  const session = await sessions.open(model)
  const signature = signatureOf(session)
  await session.close()
  const registry = await readRegistry(ports)
  const champion = await championOf(registry, new Records(ports.refs), name, firstStage(config))
  const comparison = champion && (await compareWithChampion(ports, config, run, champion))
  if (comparison) await writeLocal(files, run.id, 'champion', comparison)
  const retrained = await files.read(localPaths.retrained(name))
  await writeCandidate(files, {
    model: name,
    commit,
    run: run.id,
    retrained: retrained && new TextDecoder().decode(retrained),
    champion: champion?.version ?? null,
    signature,
  })
}

/** Lays out what is to be released: the runs with their model files, signatures, and comparisons with what is in the first stage. */
export async function prepare(inputs: RegisterInputs, ports: Ports): Promise<void> {
  const { files } = ports
  const config = await readConfig(files, inputs.config)
  const commit = await releasedCommit(ports)
  await files.remove(candidatesFolder)
  const chosen = inputs.run === undefined ? null : await chooseRun(files, inputs.run)
  for (const [name] of chooseModels(config, chosen?.model ?? inputs.model)) {
    const run = chosen ?? (await latestRun(files, name))
    await ports.progress.during(`Preparing ${name}`, () => prepareRun(ports, config, commit, run, inputs))
  }
}

/** Hands it to the job that may write. */
export async function uploadCandidates({ artifacts, files }: Pick<Ports, 'artifacts' | 'files'>, scope: PipelineScope) {
  const root = '.mlwright/'
  const found = await Promise.all(
    [`${candidatesFolder}/*/*`, `${root}runs/*/*`, `${root}salt`].map((pattern) => files.glob(pattern)),
  )
  await artifacts.upload(
    artifactName('release', scope),
    files.absolute(root),
    found.flat().map((path) => path.slice(root.length)),
  )
}
