import type { Config, Ports, PullRequest } from '@mlwright/domain'
import type { ModelReport } from '@mlwright/report'
import type { Records } from '@mlwright/tracking'
import { championOf } from '../common/champion.ts'
import { judgeAgain, verdictOf } from '../common/judge-again.ts'
import type { Registry } from '../common/registry.ts'
import type { Published } from '../report/publish.ts'
import { publishModel } from '../report/publish-model.ts'
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
  const { pull, stage, previous, prefix } = proposal
  const report = await modelReport(records, config, registry, checked, proposal)
  if (!report) return { commentUrl: null, checkUrl: null }
  return publishModel(ports, report, {
    project: `promote ${report.name} to ${stage}`,
    pull: pull.number,
    base: previous ?? stage,
    commit: checked.registered.commit,
    headCommit: pull.head.commit,
    prefix,
  })
}
