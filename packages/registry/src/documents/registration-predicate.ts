import { addressesOf } from './addresses.ts'
import { modelFile } from './model-file.ts'
import type { ReleaseFacts } from './release-facts.ts'

/** The predicate type of `registrationPredicate`. */
export const registrationPredicateType = 'urn:mlwright:registration:v1'

/** A workflow run on GitHub. */
export interface WorkflowRun {
  readonly id: number
  readonly attempt: number
  readonly actor: string | null
}

/** What `@actions/attest` signs: which run registered a version, and which one trained it. */
export function registrationPredicate(
  facts: Pick<ReleaseFacts, 'repository' | 'commit' | 'tag' | 'version' | 'run' | 'evaluation'>,
  registering: WorkflowRun,
) {
  const { run, evaluation, version, tag, commit } = facts
  const { repository, trainingRun } = addressesOf(facts)
  const { stamp } = run
  return {
    model: run.model,
    version,
    tag,
    commit,
    verdict: evaluation.verdict,
    registered_by: {
      workflow_run: registering.id,
      attempt: registering.attempt,
      actor: registering.actor,
      url: repository && `${repository}/actions/runs/${registering.id}/attempts/${registering.attempt}`,
    },
    trained_by: {
      workflow_run: stamp?.workflow_run ?? null,
      attempt: stamp?.attempt ?? null,
      actor: stamp?.actor ?? null,
      pull_request: stamp?.pull_request ?? null,
      url: trainingRun,
      run: run.id,
      commit: run.code.commit,
    },
    digests: { model: modelFile(facts).digest, data: run.dataset.digest, inputs: run.input_digest },
  }
}
