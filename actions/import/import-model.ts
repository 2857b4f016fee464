import { type Finding, type Ports, UserError } from '@mlwright/domain'
import { importFinding, type ModelImport, mlflowOnnx, nextCounter, tagMessage, tagName } from '@mlwright/registry'
import { type Registry, readRegistry } from '../common/registry.ts'
import { importRelease, onnxProblem } from './import-release.ts'
import type { ImportedModel, ImportedStage, ImportedVersion } from './imported.ts'
import type { Mlflow } from './open-mlflow.ts'
import { ownCommit, type PlannedVersion, recordedCommit } from './version-commit.ts'

export interface ImportJob {
  readonly ports: Ports
  readonly mlflow: Mlflow
  /** Writes nothing. */
  readonly dry: boolean
  /** Address by tag of the releases that were there before. */
  readonly released: ReadonlyMap<string, string>
  readonly findings: Finding[]
}

/** Gives a version its release where it has an ONNX file; why not is a finding. */
async function importFile(
  { dry, findings, mlflow, ports, released }: ImportJob,
  tag: string,
  { from, model }: ModelImport,
  planned: PlannedVersion,
): Promise<Pick<ImportedVersion, 'file' | 'release'>> {
  const there = released.get(tag)
  if (there !== undefined) return { file: true, release: there }
  const version = Number(/^v(\d+)/.exec(planned.version)![1])
  const onnx = await mlflowOnnx(mlflow.artifacts, { name: from, version, source: planned.source })
  const reason = 'reason' in onnx ? onnx.reason : await onnxProblem(ports, onnx.model)
  if (reason !== null || 'reason' in onnx) {
    findings.push(importFinding(`${tag} is a version without a release: ${reason}.`))
    return { file: false, release: null }
  }
  return { file: true, release: dry ? null : await importRelease(ports, { tag, model, from }, planned, onnx) }
}

/** What MLflow says adds no line of its own to a tag, where lines are facts. */
const onOneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')

async function importVersion(job: ImportJob, plan: ModelImport, planned: PlannedVersion): Promise<ImportedVersion> {
  const { dry, findings, ports } = job
  const { from, model } = plan
  const { version } = planned
  const event = { event: 'registration', model, version } as const
  const tag = tagName(event, null)
  const registry = await readRegistry(ports)
  const there = registry.models.get(model)?.versions.find((other) => other.version === version)
  const recorded = there ? there.commit : await recordedCommit(ports, registry, model, planned)
  if (!there && recorded === null && planned.commit !== null)
    findings.push(
      importFinding(
        `The commit ${planned.commit.slice(0, 8)} of ${tag} is not here, or another version is at it; the version gets one of its own.`,
      ),
    )
  const commit = recorded ?? (dry ? null : await ownCommit(ports, tag, plan, planned))
  if (!there && !dry && commit !== null) {
    const origin = [
      `Imported from MLflow: ${from}, ${planned.source}`,
      ...(planned.run ? [`MLflow run ${planned.run}`] : []),
    ]
    const message = [tagMessage(event, version), '', ...origin.map(onOneLine)].join('\n')
    if (!(await ports.tags.create({ name: tag, commit, message })))
      throw new UserError('API_FAILED', `The tag ${tag} is there and registers nothing; delete it, and run this again.`)
  }
  const file = there && !there.active ? { file: false, release: null } : await importFile(job, tag, plan, planned)
  return { version, tag, commit, created: !there, ...file }
}

async function importStage(
  { dry, findings, ports }: ImportJob,
  registry: Registry,
  model: string,
  { stage, version }: ModelImport['stages'][number],
): Promise<ImportedStage> {
  const known = registry.models.get(model)
  const held = known?.stages.get(stage)?.[0]
  if (held && held.version !== version)
    findings.push(
      importFinding(
        `${model} ${held.version} is in ${stage} here and ${version} in MLflow; it stays, and \`promote\` moves it.`,
      ),
    )
  if (held || dry) return { stage, version: held?.version ?? version, created: !held }
  const at = known?.versions.find((other) => other.version === version && other.active)
  if (!at) {
    findings.push(importFinding(`${model} ${version} was deregistered here, so ${stage} stays empty.`))
    return { stage, version, created: false }
  }
  const event = { event: 'assignment', model, stage } as const
  for (let attempt = 0; attempt < 20; attempt++) {
    const name = tagName(event, nextCounter(await ports.tags.list(), model))
    if (await ports.tags.create({ name, commit: at.commit, message: tagMessage(event, version) }))
      return { stage, version, created: true }
  }
  throw new UserError('API_FAILED', `Other runs kept taking the next tag of ${model}; run this again.`)
}

/** Writes the versions, files and stages of a model that are not there yet. */
export async function importModel(job: ImportJob, plan: ModelImport): Promise<ImportedModel> {
  const versions: ImportedVersion[] = []
  for (const planned of plan.versions) versions.push(await importVersion(job, plan, planned))
  const registry = await readRegistry(job.ports)
  const stages: ImportedStage[] = []
  for (const planned of plan.stages) stages.push(await importStage(job, registry, plan.model, planned))
  return { model: plan.model, from: plan.from, versions, stages }
}
