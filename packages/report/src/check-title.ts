import type { Verdict } from '@mlwright/domain'
import { oneLine } from './code.ts'
import { gatesOf } from './gates.ts'
import { fmtChange, fmtNumber, plural } from './numbers.ts'
import type { ModelReport, ReportInput } from './report-input.ts'

function gatesTitle(model: ModelReport): string {
  const gates = gatesOf(model)
  const count = (verdict: Verdict) => gates.filter((gate) => gate.verdict === verdict).length
  if (count('fail') > 0) return `, fails ${count('fail')} of ${plural(gates.length, 'gate')}`
  if (count('warn') > 0) return `, exceeds ${count('warn')} of ${plural(gates.length, 'gate')} within noise`
  if (gates.length === 0) return ''
  return `, ${gates.length === 1 ? 'its gate holds' : gates.length === 2 ? 'both gates hold' : `all ${gates.length} gates hold`}`
}

function modelTitle(model: ModelReport): string {
  const name = oneLine(model.name, 40)
  const { evaluation, comparison, run } = model
  if (run.failure !== null)
    return `${name}: ${run.model_file ? 'its model cannot be judged' : 'training left no model'}`
  if (!evaluation) return `${name}: not evaluated`
  const change = model.unchanged ? undefined : comparison?.metrics[evaluation.primary]
  const value = change?.candidate ?? evaluation.metrics[evaluation.primary]?.value ?? null
  const score = `${oneLine(evaluation.primary, 30)} ${fmtNumber(value)}`
  if (model.unchanged) return `${name} is unchanged: ${score}${gatesTitle(model)}`
  if (!change || change.change === null) return `${name}: ${score}${gatesTitle(model)}`
  const size = fmtChange(change.change, value ?? change.change)
  const moved = change.change === 0 ? 'no change' : `${size}${change.noise ? ', within noise' : ''}`
  return `${name}: ${score} (${moved})${gatesTitle(model)}`
}

/** One line of plain text for a check run's title. */
export function checkTitle(input: ReportInput): string {
  const fork = input.fork ? 'Unverified, from a fork: ' : ''
  const broken = input.validations.filter((report) => report.verdict === 'fail').length
  const data = broken > 0 ? `; ${plural(broken, 'dataset breaks its contract', 'datasets break their contracts')}` : ''
  const [only] = input.models
  if (only && input.models.length === 1) return `${fork}${modelTitle(only)}${data}`
  if (!only && input.problems.length > 0)
    return `${fork}The step ${oneLine(input.problems[0]!.action, 40)} could not do its work${data}`
  if (!only) return `${fork}${plural(input.validations.length, 'dataset')} checked${data}`
  const failed = input.models.filter((model) => model.verdict === 'fail').length
  const unchanged = input.models.filter((model) => model.unchanged).length
  const result =
    failed > 0
      ? `${failed} of ${plural(input.models.length, 'model')} ${failed === 1 ? 'fails' : 'fail'}`
      : `${plural(input.models.length, 'model')}, none fails`
  return `${fork}${result}${unchanged > 0 ? `, ${unchanged} unchanged` : ''}${data}`
}
