import { type Config, type Finding, type Ports, UserError } from '@mlwright/domain'
import { problemFinding } from '@mlwright/registry'

export interface GuardedStage {
  readonly stage: string
  readonly environment: string
  /** Kinds of its protection rules; null where they are not known, or where there is no such environment. */
  readonly rules: readonly string[] | null
}

/** The rules that guard each stage, and a finding for a stage that nothing guards. Only GitHub has environments. */
export async function environmentRules(
  { deployments, event }: Pick<Ports, 'deployments' | 'event'>,
  config: Config | null,
): Promise<{ stages: GuardedStage[]; findings: Finding[] }> {
  const stages: GuardedStage[] = []
  const findings: Finding[] = []
  for (const [stage, { environment = stage }] of Object.entries(event.run ? (config?.registry.stages ?? {}) : {})) {
    try {
      const rules = await deployments.rules(environment)
      stages.push({ stage, environment, rules })
      if (rules && rules.length > 0) continue
      const what = rules ? 'has no protection rules' : 'does not exist'
      findings.push(
        problemFinding(
          'unguarded-environment',
          'warn',
          `The environment ${environment} ${what}, so a merge alone moves a version to ${stage}; add required reviewers under Settings, Environments (on private repositories they need Enterprise).`,
        ),
      )
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      stages.push({ stage, environment, rules: null })
      findings.push(problemFinding('environment-unread', 'warn', error.message))
    }
  }
  return { stages, findings }
}
