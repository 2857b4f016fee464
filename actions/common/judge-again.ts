import { type Comparison, type Config, type Evaluation, type GateResult, type Verdict, worst } from '@mlwright/domain'
import { judgeGates, resolveEvaluate } from '@mlwright/scoring'

/** The verdict that some rules give on recorded metrics; the record's own verdict is never taken over. */
export function judgeAgain(
  config: Config,
  name: string,
  evaluation: Evaluation,
  comparison: Comparison | null,
): GateResult[] {
  const model = config.models[name]
  if (!model) return []
  const { gates } = resolveEvaluate(name, model, config.project, evaluation.classes.length)
  return judgeGates(gates, evaluation.metrics, comparison?.metrics ?? null)
}

/** A condition in words: `roc_auc min 0.8`. */
export const conditionText = ({ metric, rule, limit }: GateResult): string => `${metric} ${rule} ${limit}`

/** The worst verdict under both the base's and the pull request's rules. */
export function verdictOf(rules: readonly (readonly GateResult[])[]): Verdict {
  return worst(rules.flat().map((gate) => gate.verdict))
}
