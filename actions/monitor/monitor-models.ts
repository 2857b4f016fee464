import { type Config, DriftReport, type Model, type Ports, UserError } from '@mlwright/domain'
import { readRecord, recordText } from '@mlwright/tracking'
import { artifactName } from '../common/artifact-name.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { upload } from '../common/upload.ts'
import { monitor } from './monitor.ts'
import { readReference } from './reference.ts'
import { releasedReference } from './released-reference.ts'
import { givenSettings, type MonitorInputs, modelSettings, monitoredStage } from './settings.ts'

/** What monitoring found; `model` is null for two tables that were compared for their own sake. */
export interface Monitored {
  readonly model: string | null
  readonly report: DriftReport
  /** Where the report is. */
  readonly path: string
}

const folder = '.mlwright/monitoring'

/** Where the report of a model of the configuration is. */
export const monitoredPath = (model: string): string => `${folder}/${model}.json`

/** Compares two tables that are given; no configuration is read. */
export async function monitorTables(
  inputs: MonitorInputs & { readonly reference: string; readonly current: string },
  ports: Ports,
): Promise<Monitored> {
  const { reference, current } = inputs
  const report = await ports.progress.during(`Comparing ${current} with ${reference}`, async () =>
    monitor(givenSettings(inputs), ports, await readReference(ports, reference)),
  )
  const path = `.mlwright/drift/${report.current.name.replace(/[^\w-]+/g, '-')}.json`
  await ports.files.write(path, recordText(report))
  return { model: null, report, path }
}

async function monitorModel(ports: Ports, inputs: MonitorInputs, config: Config, name: string, model: Model) {
  const settings = modelSettings(config, name, model, inputs)
  const reference =
    inputs.reference === undefined
      ? await releasedReference(ports, name, monitoredStage(config, model, inputs), settings.positive)
      : await readReference(ports, inputs.reference)
  const report = await monitor(settings, ports, reference)
  await ports.files.write(monitoredPath(name), recordText(report))
}

/** The models that say what is monitored; where `current` is given, the only one. */
function monitoredModels(config: Config, inputs: MonitorInputs): [string, Model][] {
  const chosen = chooseModels(config, inputs.model)
  const [first, ...others] = chosen
  if (inputs.current !== undefined && others.length > 0)
    throw new UserError('INPUT_INVALID', 'There are several models; say with `model` which one `current` is of.')
  if (inputs.current !== undefined || inputs.model !== undefined) return chosen
  const found = chosen.filter(([, { monitor: watched }]) => watched?.current !== undefined)
  if (found.length > 0) return found
  throw new UserError(
    'INPUT_INVALID',
    `No model says what production saw of it; add models.${first?.[0] ?? '<name>'}.monitor.current to ${inputs.config}, or give the input \`current\`.`,
  )
}

/**
 * Compares what production saw of each model with its reference, by default the profile of the version in its stage. A
 * model that cannot be compared keeps no other one from it: what was wrong is returned.
 */
export async function monitorModels(inputs: MonitorInputs, ports: Ports): Promise<UserError[]> {
  const { files } = ports
  await files.remove(folder)
  if (!(await files.read(inputs.config)))
    throw new UserError(
      'FILE_MISSING',
      `There is no ${inputs.config} here that says what to monitor; write one with \`npx mlwright init\`, or give both \`reference\` and \`current\`.`,
    )
  const config = await readConfig(files, inputs.config)
  const problems: UserError[] = []
  for (const [name, model] of monitoredModels(config, inputs))
    try {
      await ports.progress.during(`Monitoring ${name}`, () => monitorModel(ports, inputs, config, name, model))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(error)
    }
  return problems
}

/** Throws what was wrong, after what was found of the other models has been said. */
export async function throwProblems(
  { runner }: Pick<Ports, 'runner'>,
  problems: readonly UserError[],
  said: { readonly message?: string | undefined; readonly summary: string },
): Promise<void> {
  const [first] = problems
  if (!first) return
  if (said.summary !== '') await runner.summary(said.summary)
  if (said.summary !== '' && said.message !== undefined) runner.log(said.message)
  throw new UserError(first.code, problems.map(({ message }) => message).join('\n'), { cause: first })
}

/** What was found, by the model's name; only of models that the configuration has. */
export async function readMonitored({ files }: Pick<Ports, 'files'>, config: Config): Promise<Monitored[]> {
  const all: Monitored[] = []
  for (const model of Object.keys(config.models)) {
    const path = monitoredPath(model)
    const bytes = await files.read(path)
    if (bytes) all.push({ model, report: readRecord(DriftReport, bytes, path), path })
  }
  return all
}

/** Hands it to the job that may write. */
export async function uploadMonitored(ports: Pick<Ports, 'artifacts' | 'files'>, inputs: MonitorInputs): Promise<void> {
  if ((await ports.files.glob(`${folder}/*.json`)).length > 0)
    await upload(ports, artifactName('monitoring', inputs), [`${folder}/*.json`])
}
