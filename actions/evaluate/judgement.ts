import type { Evaluation, Verdict } from '@mlwright/domain'

export interface EvaluateInputs {
  readonly config: string
  readonly model?: string | undefined
  readonly run?: string | undefined
  readonly modelPath?: string | undefined
  readonly dataset?: string | undefined
  readonly predictions?: string | undefined
  readonly task?: 'classification' | 'regression' | undefined
  readonly positive?: string | undefined
}

export interface Judged {
  readonly verdict: Verdict
  readonly message: string
  readonly evaluation: Evaluation | null
  readonly path: string | null
}

/** One sentence for the log: the verdict, and the gates that do not hold. */
export function judgement(name: string, evaluation: Evaluation, verdict: Verdict, gates = evaluation.gates): string {
  const { value, low, high } = evaluation.metrics[evaluation.primary] ?? { value: null, low: null, high: null }
  const interval = low === null || high === null ? '' : ` (${low.toFixed(4)} to ${high.toFixed(4)})`
  const broken = gates.filter((gate) => gate.verdict !== 'pass').map((gate) => gate.message)
  return [
    `${name}: ${verdict}, ${evaluation.primary} ${value?.toFixed(4) ?? 'undefined'}${interval} on ${evaluation.rows.toLocaleString('en')} rows.`,
    ...broken,
  ].join(' ')
}
