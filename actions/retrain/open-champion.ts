import { type Ports, type Predictions, type Run, type Session, UserError } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { championOf } from '../common/champion.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { readRegistry } from '../common/registry.ts'
import { releasedFile } from '../common/released-file.ts'
import { verifyRelease } from '../common/verify-release.ts'
import { versionRecord } from '../common/version-record.ts'
import { canAnswer } from '../evaluate/can-answer.ts'
import { type EvaluatedRun, openModel, scoreRows } from '../evaluate/evaluate-run.ts'
import { trainModel } from '../train/train-model.ts'

/** What candidates are compared with. */
export interface Champion {
  /** `churn@v1.4.0`, or the default branch's name for the model as it is configured now. */
  readonly name: string
  readonly version: boolean
  readonly run: Run
  readonly session: Session
  /** Code of the repository ran in this job. */
  readonly userCode: boolean
}

type Released = Omit<Champion, 'userCode'>

/** The version in a stage with its model; a sentence where there is none that can be scored. */
async function released(ports: Ports, records: Records, model: string, stage: string): Promise<Released | string> {
  const registry = await readRegistry(ports)
  const held = await championOf(registry, records, model, stage)
  const registered = held && registry.models.get(model)?.versions.find(({ version }) => version === held.version)
  if (!registered) return `No version of ${model} is in ${stage}.`
  const { tag } = registered
  try {
    const stored = await versionRecord(
      registry,
      records,
      { model, tag },
      async () => (await verifyRelease(ports, registry, tag)).files,
    )
    const bytes = stored && (await releasedFile(ports, tag, 'model.onnx'))
    if (!bytes) return `The release of ${tag} has no model whose run is known.`
    return { name: tag, version: true, run: stored.run, session: await ports.sessions.open(bytes) }
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
}

/** The version in a stage, else the model that is configured now, trained again; null where that leaves no model. */
export async function openChampion(
  ports: Ports,
  inputs: ModelInputs,
  records: Records,
  stage: string,
  received: boolean,
): Promise<Champion | { readonly userCode: boolean; readonly problem: string }> {
  const found = await released(ports, records, inputs.name, stage)
  if (typeof found !== 'string') return { ...found, userCode: false }
  const { event, files, git, runner } = ports
  runner.log(`${found} The candidates are compared with the model that is configured now.`)
  const copy = { files, git, folder: files.absolute('.') }
  const { run, userCode } = await trainModel(ports, copy, inputs, records, received)
  if (run.failure !== null) return { userCode, problem: run.failure }
  return { name: event.defaultBranch, version: false, run, session: await openModel(ports, run), userCode }
}

/** The champion's answers on a candidate's test rows; null where it cannot read them, or knows other classes. */
export async function scoreChampion(
  { run, session }: Champion,
  { data, inputs }: Pick<EvaluatedRun, 'data' | 'inputs'>,
  salt: string,
): Promise<Predictions | null> {
  if (!canAnswer(run, data)) return null
  return scoreRows(session, inputs, { ...data, features: run.features }, data.test, salt)
}
