import type { Comparison, Config, Evaluation, Ports, Retraining, Run } from '@mlwright/domain'
import type { ModelReport } from '@mlwright/report'
import type { Records } from '@mlwright/tracking'
import { judgeAgain, verdictOf } from '../common/judge-again.ts'
import type { Published } from '../report/publish.ts'
import { publishModel } from '../report/publish-model.ts'
import { changedRules } from '../report/rules.ts'

/** A candidate as its branch has it. */
export interface ProposedRun {
  readonly run: Run
  readonly evaluation: Evaluation
  readonly comparison: Comparison | null
}

async function modelReport(
  ports: Pick<Ports, 'event'>,
  records: Records,
  { base, head }: { readonly base: Config; readonly head: Config },
  { run, evaluation, comparison }: ProposedRun,
  { champion }: Retraining,
): Promise<ModelReport> {
  const name = run.model
  const gates = judgeAgain(head, name, evaluation, comparison)
  const history = await records.history(ports.event.defaultBranch, name, 10)
  const stored = comparison && (await records.run(name, comparison.baseline.run))
  return {
    name,
    run,
    evaluation: { ...evaluation, gates: gates.filter(({ rule }) => rule !== 'max_drop') },
    comparison: comparison && { ...comparison, gates: gates.filter(({ rule }) => rule === 'max_drop') },
    baseline: {
      run: stored?.run ?? null,
      evaluation: null,
      retrained: comparison?.baseline.retrained ?? false,
      reason: comparison ? null : `${champion?.name ?? 'The champion'} cannot answer for these rows.`,
    },
    history: history.map(({ metrics }) => metrics[evaluation.primary] ?? null),
    unchanged: false,
    rules_changed: changedRules(base, head, name),
    verdict: verdictOf([gates, judgeAgain(base, name, evaluation, comparison)]),
    model_url: ports.event.run ? `${ports.event.run.url}#artifacts` : null,
  }
}

/** Puts on the pull request what its experiment will put there: comment and check of the very candidate. */
export async function publishCandidate(
  ports: Ports,
  records: Records,
  configs: { readonly base: Config; readonly head: Config },
  proposed: ProposedRun,
  retraining: Retraining,
  place: { readonly pull: number; readonly commit: string; readonly prefix: string },
): Promise<Published> {
  const report = await modelReport(ports, records, configs, proposed, retraining)
  return publishModel(ports, report, {
    ...place,
    project: configs.head.project.name,
    base: retraining.champion?.name ?? ports.event.defaultBranch,
    headCommit: place.commit,
  })
}
