import type { GateResult, Verdict } from '@mlwright/domain'
import { code } from './code.ts'
import { fmtLimit } from './numbers.ts'
import type { ModelReport } from './report-input.ts'

const errors = new Set(['log_loss', 'brier', 'ece', 'mae', 'rmse', 'mape', 'median_ae'])

/** Whether a smaller value of the metric is the better one. */
export const lowerIsBetter = (metric: string): boolean => errors.has(metric)

export const icon: Readonly<Record<Verdict, string>> = { pass: '✅', warn: '⚠️', fail: '❌' }

/** Every gate that judged the model, each once; a requirement that asks what a gate asks stands for both. */
export function gatesOf(model: Pick<ModelReport, 'evaluation' | 'comparison'>): GateResult[] {
  const seen = new Map<string, GateResult>()
  for (const gate of [...(model.evaluation?.gates ?? []), ...(model.comparison?.gates ?? [])])
    seen.set(JSON.stringify([gate.metric, gate.rule, gate.limit, gate.requirement]), gate)
  const all = [...seen.values()]
  const same = (a: GateResult, b: GateResult) => a.metric === b.metric && a.rule === b.rule && a.limit === b.limit
  return all.filter(
    (gate) => gate.requirement !== null || !all.some((other) => other.requirement !== null && same(gate, other)),
  )
}

/** A gate's condition in words: `at least 0.8`. */
export function condition(gate: GateResult): string {
  const limit = fmtLimit(gate.limit)
  if (gate.rule === 'min') return `at least ${limit}`
  if (gate.rule === 'max') return `at most ${limit}`
  return `${lowerIsBetter(gate.metric) ? 'a rise' : 'a drop'} of at most ${limit}`
}

/** A gate in a table's cell: `✅ ≥ 0.8 (R1)`. */
export function gateCell(gate: GateResult): string {
  const limit = fmtLimit(gate.limit)
  const words = {
    min: `≥ ${limit}`,
    max: `≤ ${limit}`,
    max_drop: `${lowerIsBetter(gate.metric) ? 'rise' : 'drop'} ≤ ${limit}`,
  }
  const why = gate.requirement === null ? '' : ` (${code(gate.requirement, 40)})`
  return `${icon[gate.verdict]} ${words[gate.rule]}`.replaceAll(' ', '\u00a0') + why
}
