import type { GateResult, ValidationReport, Verdict } from '@mlwright/domain'
import { code, sentence } from './code.ts'
import type { Context } from './context.ts'
import { condition, gatesOf, icon } from './gates.ts'
import { enumerate, fmtChange, fmtInterval, fmtLevel, fmtNumber, plural } from './numbers.ts'
import type { ModelReport } from './report-input.ts'

const outcome: Readonly<Record<Verdict, string>> = { pass: 'passes', warn: 'passes with warnings', fail: 'fails' }

/** What happened to the primary metric, with the interval of its change, or of its value where nothing is compared. */
function primaryClause(model: ModelReport, context: Context): string {
  const evaluation = model.evaluation!
  const metric = code(evaluation.primary)
  const measured = evaluation.metrics[evaluation.primary]
  if (!measured || measured.value === null)
    return `${metric} is undefined${measured?.reason ? ` (${sentence(measured.reason)})` : ''}`
  const now = fmtNumber(measured.value)
  const { comparison } = model
  const change = comparison?.metrics[evaluation.primary]
  if (!comparison || !change) {
    const interval =
      measured.low === null
        ? ''
        : ` (${fmtLevel(evaluation.level)} interval ${fmtInterval(measured.low, measured.high)})`
    return `${metric} is ${now}${interval}`
  }
  if (change.change === null)
    return `${metric} is ${now} and cannot be compared, for it is undefined on ${context.base}`
  if (change.change === 0) return `${metric} stays at ${now}`
  const interval = fmtInterval(change.low, change.high, true)
  const level = `${comparison.paired ? '' : 'unpaired '}${fmtLevel(comparison.level)} interval`
  const bounds = change.low === null || change.high === null ? 'no interval' : `${level} ${interval}`
  if (change.noise)
    return `${metric} stays within noise at ${now} (change ${fmtChange(change.change, measured.value)}, ${bounds})`
  const by = fmtChange(Math.abs(change.change), measured.value).slice(1)
  return `${metric} ${change.better ? 'improves' : 'worsens'} by ${by} to ${now} (${bounds})`
}

function ownGates(gates: readonly GateResult[]): string {
  if (gates.length === 0) return ', and has no gate'
  const broken = gates.filter((gate) => gate.verdict === 'fail')
  const strained = gates.filter((gate) => gate.verdict === 'warn')
  const its = (some: readonly GateResult[]) =>
    `its ${some.length === 1 ? 'gate' : 'gates'} of ${enumerate([...new Set(some.map(condition))])}`
  if (broken.length > 0) return `, which fails ${its(broken)}`
  if (strained.length > 0) return `, which exceeds ${its(strained)}, though within noise`
  return `, which meets ${its(gates)}`
}

function otherGates(gates: readonly GateResult[]): string[] {
  const broken = gates.filter((gate) => gate.verdict !== 'pass')
  if (broken.length === 0)
    return gates.length === 0
      ? []
      : [gates.length === 1 ? 'the other gate holds too' : `the other ${gates.length} gates hold too`]
  const shown = broken.slice(0, 3).map((gate) => {
    const value =
      gate.rule === 'max_drop' ? '' : gate.value === null ? 'is undefined and ' : `is ${fmtNumber(gate.value)} and `
    const verb = gate.verdict === 'fail' ? 'fails' : 'exceeds'
    return `${code(gate.metric)} ${value}${verb} its gate of ${condition(gate)}${gate.verdict === 'warn' ? ' within noise' : ''}`
  })
  return broken.length > 3 ? [...shown, `${plural(broken.length - 3, 'more gate')} not met`] : shown
}

/** What the data adds to a verdict; nothing where it holds. */
export function dataClauses(validations: readonly ValidationReport[]): string[] {
  return validations
    .filter((report) => report.verdict !== 'pass')
    .map((report) => {
      const broken = report.findings.filter((finding) => finding.level === report.verdict).length
      return report.verdict === 'fail'
        ? `the data ${code(report.dataset)} breaks ${plural(broken, 'rule')}`
        : `the data ${code(report.dataset)} has ${plural(broken, 'warning')}`
    })
}

/** A model's verdict in one sentence. `verdict` is the one to show: with the data's part where the model stands alone. */
export function verdictSentence(
  model: ModelReport,
  verdict: Verdict,
  validations: readonly ValidationReport[],
  context: Context,
): string {
  const unverified = context.fork ? ' (computed by the fork, unverified)' : ''
  const lead = `${icon[verdict]} **${code(model.name)} ${outcome[verdict]}**${unverified}: `
  if (model.run.failure !== null || !model.evaluation) {
    const why =
      model.run.failure === null
        ? 'it was trained but not evaluated'
        : `training left no model, because ${sentence(model.run.failure)}`
    return `${lead}${[why, ...dataClauses(validations)].join('; ')}.`
  }
  const gates = gatesOf(model)
  const own = gates.filter((gate) => gate.metric === model.evaluation!.primary)
  const others = gates.filter((gate) => gate.metric !== model.evaluation!.primary)
  const warnings = model.evaluation.findings.length
  const clauses = [
    `${primaryClause(model, context)}${ownGates(own)}`,
    ...otherGates(others),
    ...dataClauses(validations),
    ...(warnings > 0
      ? [plural(warnings, 'warning about the model needs a look', 'warnings about the model need a look')]
      : []),
  ]
  return `${lead}${clauses.join('; ')}.`
}

/** The sentence that follows where a pull request changes what judges it. */
export function rulesSentence(model: ModelReport): string | null {
  if (model.rules_changed.length === 0) return null
  const changes = enumerate(model.rules_changed.map(sentence))
  return `⚖️ This pull request changes the rules that judge it: ${changes}; the old rules and the new ones both judged the model, and the stricter verdict counts.`
}

/** One line for a model whose inputs are those of the baseline. */
export function unchangedSentence(model: ModelReport, context: Context): string {
  const { evaluation, run } = model
  const value = evaluation?.metrics[evaluation.primary]?.value
  const score = evaluation && value !== undefined ? `, ${code(evaluation.primary)} is ${fmtNumber(value)}` : ''
  const still = model.verdict === 'pass' ? '' : `, and it still ${model.verdict === 'fail' ? 'fails' : 'has warnings'}`
  const mark = model.verdict === 'pass' ? '➖' : icon[model.verdict]
  return `${mark} **${code(model.name)} is unchanged**: the same inputs as on ${context.base} (digest ${code(run.input_digest.slice(0, 8))})${score}${still}.`
}
