import {
  Comparison,
  type Config,
  Evaluation,
  type Ports,
  Problem,
  parseConfig,
  problemPath,
  Run,
  UserError,
  ValidationReport,
  type Verdict,
  worst,
} from '@mlwright/domain'
import type { ModelReport, ReportInput } from '@mlwright/report'
import { type Records, readRecord } from '@mlwright/tracking'
import { judgeAgain, verdictOf } from '../common/judge-again.ts'
import { latestRunId, localPaths, readBaseline, readLocal } from '../common/local-records.ts'
import { chooseModels, readConfig } from '../common/project.ts'
import { differingFiles } from './differing-files.ts'
import type { Target } from './pull-request.ts'
import { changedRules, configAt } from './rules.ts'
import { inputsProblem } from './verify-inputs.ts'

export interface ReportScope {
  readonly configPath: string
  readonly model: string | undefined
  /** From the repository's top to the working directory: `''` or `services/churn/`. */
  readonly prefix: string
  readonly target: Target | null
  /** The commit whose configuration and data count. */
  readonly commit: string | null
  /** The commit whose rules judge too; null where the baseline's commit tells. */
  readonly baseCommit: string | null
  /** The records come from another job: configuration and digests are taken from the commit's tree. */
  readonly untrusted: boolean
}

async function validations({ files }: Pick<Ports, 'files'>): Promise<ValidationReport[]> {
  const paths = await files.glob(`${localPaths.validations}/*.json`)
  return Promise.all(paths.map(async (path) => readRecord(ValidationReport, (await files.read(path))!, path)))
}

/** What earlier steps could not do; a text that several steps ran into is said once. */
async function problemsOf({ files }: Pick<Ports, 'files'>, own: string | null): Promise<ReportInput['problems']> {
  const paths = await files.glob(problemPath('*'))
  const read = await Promise.all(paths.map(async (path) => readRecord(Problem, (await files.read(path))!, path)))
  const all = own === null ? read : [{ action: 'report', message: own }, ...read]
  return all.filter(({ message }, at) => all.findIndex((other) => other.message === message) === at)
}

/** The configuration, or why it cannot be used. */
async function configOf(ports: Ports, scope: ReportScope): Promise<{ config: Config | null; problem: string | null }> {
  try {
    if (!scope.untrusted) return { config: await readConfig(ports.files, scope.configPath), problem: null }
    const path = scope.prefix + scope.configPath
    const bytes = scope.commit && (await ports.refs.read(scope.commit, path))
    if (bytes) return { config: parseConfig(new TextDecoder().decode(bytes), path), problem: null }
    return { config: null, problem: `There is no ${path} at the commit ${scope.commit?.slice(0, 8)}.` }
  } catch (error) {
    if (error instanceof UserError) return { config: null, problem: error.message }
    throw error
  }
}

async function modelReport(
  ports: Ports,
  records: Records,
  scope: ReportScope,
  config: Config,
  name: string,
): Promise<ModelReport | null> {
  const { files, event, refs } = ports
  const id = await latestRunId(files, name)
  const run = id && (await readLocal(files, Run, id, 'run'))
  if (!run) return null
  const [evaluation, comparison, found] = await Promise.all([
    readLocal(files, Evaluation, run.id, 'evaluation'),
    readLocal(files, Comparison, run.id, 'comparison'),
    readBaseline(files, name),
  ])
  const baselineRun = found?.run ? await readLocal(files, Run, found.run, 'run') : null
  const base = await configAt(refs, scope.baseCommit ?? found?.commit ?? null, scope.prefix + scope.configPath)
  const verified = scope.untrusted && scope.commit !== null && !scope.target?.fork
  const problem = verified ? await inputsProblem(refs, scope.commit!, scope.prefix, config, name, run) : null
  const gates = evaluation ? judgeAgain(config, name, evaluation, comparison) : []
  const baseGates = evaluation && base ? judgeAgain(base, name, evaluation, comparison) : []
  const failed = run.failure !== null || evaluation === null || problem !== null
  return {
    name,
    run: problem ? { ...run, failure: problem } : run,
    evaluation: problem
      ? null
      : evaluation && { ...evaluation, gates: gates.filter((gate) => gate.rule !== 'max_drop') },
    comparison: comparison && { ...comparison, gates: gates.filter((gate) => gate.rule === 'max_drop') },
    baseline: {
      run: baselineRun,
      evaluation: found?.run ? await readLocal(files, Evaluation, found.run, 'evaluation') : null,
      retrained: found?.retrained ?? false,
      reason: found?.reason ?? null,
    },
    history: (await records.history(event.defaultBranch, name, 10)).map(
      (pointer) => pointer.metrics[evaluation?.primary ?? ''] ?? null,
    ),
    unchanged: !failed && baselineRun?.input_digest === run.input_digest,
    rules_changed: changedRules(base, config, name),
    verdict: failed ? 'fail' : verdictOf([gates, baseGates]),
    model_url: event.run ? `${event.run.url}#artifacts` : null,
  }
}

/** Gathers what the previous steps wrote; null where they wrote nothing. */
export async function reportInput(ports: Ports, records: Records, scope: ReportScope): Promise<ReportInput | null> {
  const { event } = ports
  const { config, problem } = await configOf(ports, scope)
  const problems = await problemsOf(ports, problem)
  const reports = await validations(ports)
  const models: ModelReport[] = []
  for (const [name] of config ? chooseModels(config, scope.model) : []) {
    const report = await modelReport(ports, records, scope, config!, name)
    if (report) models.push(report)
  }
  if (reports.length === 0 && models.length === 0 && problems.length === 0) return null
  const { repository } = event
  const commit = scope.commit ?? (await ports.git.head()).commit
  const headCommit = scope.target?.headCommit ?? event.headCommit
  const commits = { tested: commit, head: headCommit, prefix: scope.prefix }
  return {
    project: config?.project.name ?? 'mlwright',
    repository: repository && {
      owner: repository.owner,
      name: repository.name,
      url: `${event.serverUrl}/${repository.owner}/${repository.name}`,
    },
    pullRequest: scope.target?.number ?? null,
    base: event.defaultBranch,
    commit,
    headCommit,
    fork: scope.target?.fork ?? false,
    runUrl: event.run?.url ?? null,
    problems,
    validations: reports,
    models,
    verdict: worst([
      ...problems.map((): Verdict => 'fail'),
      ...reports.map((report) => report.verdict),
      ...models.map((model) => model.verdict),
    ]),
    differing: await differingFiles(ports.refs, commits, reports),
    prefix: scope.prefix,
  }
}
