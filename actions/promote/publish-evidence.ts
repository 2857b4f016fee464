import type { Config, Ports, PullRequest } from '@mlwright/domain'
import { type ModelReport, renderReport } from '@mlwright/report'
import type { Records } from '@mlwright/tracking'
import { championOf } from '../common/champion.ts'
import { judgeAgain, verdictOf } from '../common/judge-again.ts'
import type { Registry } from '../common/registry.ts'
import { repositoryUrl } from '../common/repository-url.ts'
import { type Published, publish } from '../report/publish.ts'
import type { CheckedVersion } from './check-version.ts'

export interface Proposal {
  readonly pull: PullRequest
  readonly stage: string
  /** Version in the stage. */
  readonly previous: string | null
  readonly prefix: string
}

async function modelReport(
  records: Records,
  config: Config,
  registry: Registry,
  { run, evaluation, comparison, release }: CheckedVersion,
  { stage, previous }: Proposal,
): Promise<ModelReport | null> {
  if (!run || !evaluation) return null
  const champion = await championOf(registry, records, run.model, stage)
  const stored = champion?.stored ?? null
  const against = comparison && comparison.baseline.run === stored?.run.id ? comparison : null
  const gates = judgeAgain(config, run.model, evaluation, against)
  return {
    name: run.model,
    run,
    evaluation: { ...evaluation, gates: gates.filter(({ rule }) => rule !== 'max_drop') },
    comparison: against && { ...against, gates: gates.filter(({ rule }) => rule === 'max_drop') },
    baseline: {
      run: stored?.run ?? null,
      evaluation: stored?.evaluation ?? null,
      retrained: false,
      reason:
        previous === null
          ? `No version is in ${stage} yet.`
          : against
            ? null
            : `The predictions of ${previous} are not stored.`,
    },
    history: [],
    unchanged: false,
    rules_changed: [],
    verdict: verdictOf([gates]),
    model_url: release?.url ?? null,
  }
}

/** Puts the comparison of champion and challenger on a promotion's pull request, as comment and check. */
export async function publishEvidence(
  ports: Ports,
  config: Config,
  records: Records,
  registry: Registry,
  checked: CheckedVersion,
  proposal: Proposal,
): Promise<Published> {
  const { event } = ports
  const { pull, stage, previous, prefix } = proposal
  const report = await modelReport(records, config, registry, checked, proposal)
  if (!report) return { commentUrl: null, checkUrl: null }
  const url = repositoryUrl(event)
  const input = {
    project: `promote ${report.name} to ${stage}`,
    repository: event.repository && url ? { owner: event.repository.owner, name: event.repository.name, url } : null,
    pullRequest: pull.number,
    base: previous ?? stage,
    commit: checked.registered.commit,
    headCommit: pull.head.commit,
    differing: [],
    fork: false,
    runUrl: event.run?.url ?? null,
    problems: [],
    validations: [],
    models: [report],
    verdict: report.verdict,
    prefix,
  }
  const target = { number: pull.number, fork: false, headCommit: pull.head.commit }
  return publish(ports, input, renderReport(input), target)
}
