import type { Evaluation } from '@mlwright/domain'
import { type Block, details, paragraph, table } from './block.ts'
import { code } from './code.ts'
import { alone } from './context.ts'
import { icon } from './gates.ts'
import { fmtCount, fmtInterval, fmtLevel, fmtLimit, fmtNumber, plural } from './numbers.ts'
import { actionSummary } from './render-validation.ts'
import { confusionAndCurves } from './sections/curves.ts'
import { modelWarnings } from './sections/findings.ts'
import { metricTable } from './sections/metric-table.ts'
import { valueAndThresholds } from './sections/value.ts'

const outcome = { pass: 'passes', warn: 'passes with warnings', fail: 'fails' } as const

function opening(evaluation: Evaluation): string {
  const { primary, metrics, gates, verdict } = evaluation
  const held = gates.filter((gate) => gate.verdict === 'pass').length
  const judged = gates.length === 0 ? 'it has no gate' : `${held} of ${plural(gates.length, 'gate')} hold`
  return `${icon[verdict]} **${code(evaluation.model)} ${outcome[verdict]}**: ${code(primary)} is ${fmtNumber(metrics[primary]?.value ?? null)} on ${plural(evaluation.rows, 'test row')}; ${judged}.`
}

function sliceTable(evaluation: Evaluation): Block[] {
  const { slices, primary } = evaluation
  if (slices.length === 0) return []
  const rows = slices.map((slice) => {
    const measured = slice.metrics[primary]
    return [
      `${code(slice.column, 60)} = ${code(slice.value, 60)}`,
      fmtCount(slice.rows),
      fmtNumber(measured?.value ?? null),
      fmtInterval(measured?.low ?? null, measured?.high ?? null),
    ]
  })
  return [details(plural(slices.length, 'slice'), [table(['slice', 'rows', code(primary), 'interval'], 'lrrr', rows)])]
}

/** The job summary of `evaluate`: verdict, metrics, slices, confusion matrix and curves of one model. */
export function renderEvaluation(evaluation: Evaluation): string {
  const threshold = evaluation.threshold === null ? '' : ` · decision threshold ${fmtLimit(evaluation.threshold)}`
  return actionSummary([
    { kind: 'heading', level: 3, text: 'Evaluation' },
    paragraph(opening(evaluation)),
    metricTable({ evaluation, comparison: null }, alone),
    paragraph(
      `${fmtLevel(evaluation.level)} intervals from ${plural(evaluation.resamples, 'resample')}, for the sampling of test rows only${threshold}.`,
    ),
    ...sliceTable(evaluation),
    ...modelWarnings(evaluation.findings, alone),
    ...confusionAndCurves(evaluation, null, alone),
    ...valueAndThresholds(evaluation, null, alone),
  ])
}
