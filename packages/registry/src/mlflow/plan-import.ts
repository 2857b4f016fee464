import { type Finding, UserError } from '@mlwright/domain'
import { isStageName } from '../parse-tag.ts'
import { importFinding } from './import-finding.ts'
import type { MlflowModel, MlflowSource, MlflowVersion } from './mlflow-source.ts'

/** What an import is going to write for one model, oldest first. */
export interface ModelImport {
  readonly model: string
  /** The name in MLflow. */
  readonly from: string
  readonly versions: readonly {
    /** MLflow's version N is `vN.0.0`: its versions say nothing of what is compatible. */
    readonly version: string
    readonly at: number
    /** Null where the run recorded none, or an earlier version has it: the import then makes a commit of its own. */
    readonly commit: string | null
    readonly run: string | null
    readonly source: string
    readonly description: string
  }[]
  readonly stages: readonly { readonly stage: string; readonly version: string }[]
}

/** The whole import, and what it leaves out or changes. */
export interface ImportPlan {
  readonly models: readonly ModelImport[]
  readonly findings: readonly Finding[]
}

/** A name by the rules of mlwright.yml: `Churn Model` is `churn-model`. */
const ourName = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

const ourVersion = (version: number) => `v${version}.0.0`

/** Which version a stage is given: by MLflow's stages, where the one changed last wins, then by aliases, which win over stages. */
function planStages({ name, aliases }: MlflowModel, ready: readonly MlflowVersion[], findings: Finding[]) {
  const stages = new Map<string, number>()
  const byChange = [...ready].sort((a, b) => a.changed - b.changed || a.version - b.version)
  const give = (stage: string, version: number) => {
    const before = stages.get(stage)
    if (before !== undefined && before !== version)
      findings.push(
        importFinding(`${name} has the versions ${before} and ${version} in ${stage}; the stage is given ${version}.`),
      )
    stages.set(stage, version)
  }
  for (const { stage, version } of byChange) if (stage !== null && stage !== 'Archived') give(ourName(stage), version)
  for (const [alias, version] of [...aliases].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const stage = isStageName(alias) ? alias : ourName(alias)
    if (!ready.some((one) => one.version === version))
      findings.push(
        importFinding(`${name}: the alias ${alias} names the version ${version}, which is not there; it is left out.`),
      )
    else if (!isStageName(stage))
      findings.push(importFinding(`${name}: the alias ${alias} has no letter or digit; it is left out.`))
    else give(stage, version)
  }
  return [...stages].map(([stage, version]) => ({ stage, version: ourVersion(version) }))
}

async function planModel(model: MlflowModel, source: MlflowSource, findings: Finding[]): Promise<ModelImport> {
  const sorted = [...model.versions].sort((a, b) => a.version - b.version)
  for (const { version } of sorted.filter(({ ready }) => !ready))
    findings.push(importFinding(`${model.name}: the version ${version} never became ready; it is left out.`))
  const ready = sorted.filter((version) => version.ready)
  const taken = new Map<string, string>()
  const versions: ModelImport['versions'][number][] = []
  for (const { version: number, at, run, source: from, description } of ready) {
    const version = ourVersion(number)
    const recorded = run === null ? null : await source.commit(run)
    const commit = recorded !== null && /^[0-9a-f]{40}$/.test(recorded) ? recorded : null
    const other = commit === null ? undefined : taken.get(commit)
    if (commit === null)
      findings.push(
        importFinding(`${model.name}: no commit is known for the version ${number}; it gets one of its own.`),
      )
    else if (other)
      findings.push(
        importFinding(`${model.name}: ${version} was made from the commit of ${other}; it gets one of its own.`),
      )
    else taken.set(commit, version)
    versions.push({ version, at, commit: other ? null : commit, run, source: from, description })
  }
  return { model: ourName(model.name), from: model.name, versions, stages: planStages(model, ready, findings) }
}

/**
 * What importing an MLflow registry writes: its version N as `vN.0.0`, its stages and aliases as stages.
 * Models without versions are left out. Throws `UserError` INPUT_INVALID where two models would have one name, or one none.
 */
export async function planImport(source: MlflowSource): Promise<ImportPlan> {
  const findings: Finding[] = []
  const found = (await source.models()).sort((a, b) => (a.name < b.name ? -1 : 1))
  const models: ModelImport[] = []
  for (const model of found) {
    const name = ourName(model.name)
    const twin = models.find((one) => one.model === name)
    if (name === '' || twin)
      throw new UserError(
        'INPUT_INVALID',
        twin
          ? `The MLflow models ${twin.from} and ${model.name} would both be called ${name}; rename one of them in MLflow.`
          : `The MLflow model ${model.name} has no letter a to z and no digit in its name; rename it in MLflow.`,
      )
    const planned = await planModel(model, source, findings)
    if (planned.versions.length > 0) models.push(planned)
    else findings.push(importFinding(`${model.name} has no version; it is left out.`))
  }
  return { models, findings }
}
