import { oneLine } from './code.ts'
import { gatesOf } from './gates.ts'
import { fmtChange, fmtNumber, plural } from './numbers.ts'
import type { ModelReport, ReportInput } from './report-input.ts'

function modelTitle(model: ModelReport): string {
  const name = oneLine(model.name, 40)
  const { evaluation, comparison, run } = model
  if (run.failure !== null) return `${name}: training left no model`
  if (!evaluation) return `${name}: not evaluated`
  const value = evaluation.metrics[evaluation.primary]?.value ?? null
  const primary = oneLine(evaluation.primary, 30)
  if (model.unchanged) return `${name} is unchanged: ${primary} ${fmtNumber(value)}`
  const change = comparison?.metrics[evaluation.primary]
  const moved =
    !change || change.change === null
      ? ''
      : ` (${fmtChange(change.change, value ?? change.change)}${change.noise && change.change !== 0 ? ', within noise' : ''})`
  const gates = gatesOf(model)
  const broken = gates.filter((gate) => gate.verdict === 'fail').length
  const judged =
    gates.length === 0
      ? ''
      : broken > 0
        ? `, fails ${broken} of ${plural(gates.length, 'gate')}`
        : `, ${gates.length === 1 ? 'its gate holds' : `all ${gates.length} gates hold`}`
  return `${name}: ${primary} ${fmtNumber(value)}${moved}${judged}`
}

/** One line of plain text for a check run's title. */
export function checkTitle(input: ReportInput): string {
  const fork = input.fork ? 'Unverified, from a fork: ' : ''
  const broken = input.validations.filter((report) => report.verdict === 'fail').length
  const data = broken > 0 ? `; ${plural(broken, 'dataset breaks its contract', 'datasets break their contracts')}` : ''
  const [only] = input.models
  if (only && input.models.length === 1) return `${fork}${modelTitle(only)}${data}`
  if (!only) return `${fork}${plural(input.validations.length, 'dataset')} checked${data}`
  const failed = input.models.filter((model) => model.verdict === 'fail').length
  const unchanged = input.models.filter((model) => model.unchanged).length
  const result =
    failed > 0
      ? `${failed} of ${plural(input.models.length, 'model')} ${failed === 1 ? 'fails' : 'fail'}`
      : `${plural(input.models.length, 'model')}, none fails`
  return `${fork}${result}${unchanged > 0 ? `, ${unchanged} unchanged` : ''}${data}`
}
