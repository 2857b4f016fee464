import { type GateResult, type ValidationReport, type Verdict, worst } from '@mlwright/domain'
import { code, sentence } from './code.ts'
import { type Context, notCompared } from './context.ts'
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
  const { comparison } = model
  const change = comparison?.metrics[evaluation.primary]
  if (!comparison || !change) {
    const bounds = `${fmtLevel(evaluation.level)} interval ${fmtInterval(measured.low, measured.high)}`
    return `${metric} is ${fmtNumber(measured.value)}${measured.low === null ? '' : ` (${bounds})`}`
  }
  const value = change.candidate ?? measured.value
  const now = fmtNumber(value)
  if (change.change === null)
    return `${metric} is ${now} and cannot be compared, for it is undefined on ${context.base}`
  if (change.change === 0) return `${metric} stays at ${now}`
  const level = `${comparison.paired ? '' : 'unpaired '}${fmtLevel(comparison.level)} interval`
  const bounds = fmtInterval(change.low, change.high, { signed: true, scale: value })
  const unknown = change.low === null || change.high === null
  if (change.noise)
    return `${metric} stays within noise at ${now} (change ${fmtChange(change.change, value)}, ${level} ${bounds})`
  const by = fmtChange(Math.abs(change.change), value).slice(1)
  const how = unknown ? 'without an interval' : `${level} of the change ${bounds}`
  return `${metric} ${change.better ? 'improves' : 'worsens'} by ${by} to ${now} (${how})`
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
        : `${model.run.model_file ? 'its model cannot be judged' : 'training left no model'}, because ${sentence(model.run.failure)}`
    return `${lead}${[why, ...dataClauses(validations)].join('; ')}.`
  }
  const gates = gatesOf(model)
  const own = gates.filter((gate) => gate.metric === model.evaluation!.primary)
  const others = gates.filter((gate) => gate.metric !== model.evaluation!.primary)
  const warnings = model.evaluation.findings.length
  const data = dataClauses(validations)
  const dataFirst = verdict === 'fail' && model.verdict !== 'fail'
  const clauses = [
    ...(dataFirst ? data : []),
    ...oldRules(model, context),
    `${primaryClause(model, context)}${ownGates(own)}`,
    ...otherGates(others),
    ...(dataFirst ? [] : data),
    ...(warnings > 0
      ? [plural(warnings, 'warning about the model needs a look', 'warnings about the model need a look')]
      : []),
    ...(model.comparison === null ? [notCompared(model.baseline.run !== null, context)] : []),
  ]
  return `${lead}${clauses.join('; ')}.`
}

/** The sentence that follows where a pull request changes what judges it. */
export function rulesSentence(model: ModelReport, context: Context): string | null {
  if (model.rules_changed.length === 0) return null
  const changes = enumerate(model.rules_changed.map(sentence))
  return `⚖️ ${context.here.replace('this', 'This')} changes the rules that judge it (it ${changes}), so the old rules and the new ones both judged it, and the worse verdict counts.`
}

/** Where the rules of the base are what a model fails by, since its own are met. */
function oldRules(model: ModelReport, context: Context): string[] {
  const own = worst(gatesOf(model).map((gate) => gate.verdict))
  if (model.rules_changed.length === 0 || worst([own, model.verdict]) === own) return []
  return [`by the rules of ${context.base} it ${outcome[model.verdict]}`]
}

/** One line for a model whose inputs are those of the baseline. */
export function unchangedSentence(model: ModelReport, context: Context): string {
  const { evaluation, run } = model
  const value = evaluation?.metrics[evaluation.primary]?.value
  const broken = gatesOf(model).filter((gate) => gate.verdict !== 'pass')
  const old = oldRules(model, context)
  const clauses = [
    `the same inputs as on ${context.base} (digest ${code(run.input_digest.slice(0, 8))})`,
    ...(evaluation && value !== undefined ? [`${code(evaluation.primary)} is ${fmtNumber(value)}`] : []),
    ...(model.verdict === 'pass' ? [] : old.length > 0 ? old : [`it ${outcome[model.verdict]}`]),
    ...(broken.length > 0 ? otherGates(broken) : []),
  ]
  const unverified = context.fork ? ' (computed by the fork, unverified)' : ''
  const rules = rulesSentence(model, context)
  const mark = model.verdict === 'pass' ? '➖' : icon[model.verdict]
  const line = `${mark} **${code(model.name)} is unchanged**${unverified}: ${clauses.join('; ')}.`
  return rules === null ? line : `${line} ${rules}`
}
