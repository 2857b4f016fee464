import type { ValidationReport, Verdict } from '@mlwright/domain'
import { type Block, paragraph } from './block.ts'
import { sentence } from './code.ts'
import { type Context, notCompared } from './context.ts'
import type { ModelReport } from './report-input.ts'
import { dataChanges, featureChanges, featureImportance, paramChanges } from './sections/changes.ts'
import { confusionAndCurves } from './sections/curves.ts'
import { factsLine } from './sections/facts-line.ts'
import { failureOutput } from './sections/failure-output.ts'
import { dataFindings, modelWarnings } from './sections/findings.ts'
import { flips } from './sections/flips.ts'
import { history } from './sections/history.ts'
import { metricTable } from './sections/metric-table.ts'
import { runFacts } from './sections/run-facts.ts'
import { slices } from './sections/slices.ts'
import { valueAndThresholds } from './sections/value.ts'
import { rulesSentence, verdictSentence } from './verdict-sentence.ts'

/** Why nothing is compared, in the sentence that takes the place of the change columns. */
function noBaseline(model: ModelReport, context: Context): Block[] {
  if (model.comparison !== null) return []
  const short = notCompared(model.baseline.run !== null, context)
  const reason = model.baseline.reason === null ? '' : `: ${sentence(model.baseline.reason)}`
  const why = `${short[0]!.toUpperCase()}${short.slice(1)}${reason}`
  return [paragraph(`**No comparison.** ${why}.`)]
}

/** Everything about one model, in the order in which a reviewer asks. */
export function modelSection(
  model: ModelReport,
  verdict: Verdict,
  validations: readonly ValidationReport[],
  context: Context,
): Block[] {
  const { evaluation, comparison, run, baseline } = model
  const rules = rulesSentence(model, context)
  const opening = [verdictSentence(model, verdict, validations, context), ...(rules === null ? [] : [rules])]
  const data = dataFindings(validations, context)
  if (!evaluation || run.failure !== null)
    return [paragraph(opening.join(' ')), ...failureOutput(run), ...data, runFacts(run, context, model.model_url)]
  const primary = evaluation.primary
  return [
    paragraph(opening.join(' ')),
    metricTable({ evaluation, comparison }, context),
    factsLine({ ...model, evaluation }, context),
    ...noBaseline(model, context),
    ...(comparison ? [...flips(comparison, context), ...slices(comparison, primary, context)] : []),
    ...data,
    ...modelWarnings(evaluation.findings, context),
    ...(comparison
      ? [
          ...featureChanges(comparison, context),
          ...paramChanges(comparison, context),
          ...dataChanges(comparison, context),
        ]
      : featureImportance(run)),
    ...confusionAndCurves(evaluation, baseline.evaluation, context),
    ...valueAndThresholds(evaluation, baseline.evaluation, context),
    ...history(model.history, primary, context),
    runFacts(run, context, model.model_url),
  ]
}
