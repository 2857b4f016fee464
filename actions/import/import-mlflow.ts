import { type Finding, type Ports, UserError } from '@mlwright/domain'
import { planImport } from '@mlwright/registry'
import { withLease } from '../common/lease.ts'
import { type ImportJob, importModel } from './import-model.ts'
import type { ImportedModel } from './imported.ts'
import type { Mlflow } from './open-mlflow.ts'
import { removeBranch } from './version-commit.ts'

export interface ImportedRegistry {
  readonly source: 'mlflow'
  readonly from: string
  readonly dry_run: boolean
  readonly models: readonly ImportedModel[]
  readonly findings: readonly Finding[]
}

/** Brings an MLflow registry over: versions, model files and stages; a second time it changes nothing. */
export async function importMlflow(
  ports: Ports,
  mlflow: Mlflow,
  from: string,
  dry: boolean,
): Promise<ImportedRegistry> {
  const { git, progress, releases } = ports
  if ((await git.head()).commit === null)
    throw new UserError('GIT_FAILED', 'This folder is no git repository with a commit; versions are tags of one.')
  const plan = await progress.during('Reading MLflow', () => planImport(mlflow.source))
  const released = new Map((await releases.list()).filter(({ draft }) => !draft).map(({ tag, url }) => [tag, url]))
  const findings = [...plan.findings]
  const job: ImportJob = { ports, mlflow, dry, released, findings }
  const models: ImportedModel[] = []
  for (const planned of plan.models) {
    const work = () => importModel(job, planned)
    models.push(
      await progress.during(`Importing ${planned.model}`, () => (dry ? work() : withLease(ports, planned.model, work))),
    )
  }
  if (!dry) await removeBranch(ports)
  return { source: 'mlflow', from, dry_run: dry, models, findings }
}
