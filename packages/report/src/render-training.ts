import type { Run } from '@mlwright/domain'
import { type Block, paragraph } from './block.ts'
import { code, sentence } from './code.ts'
import { alone } from './context.ts'
import { fmtBytes, fmtDuration, plural } from './numbers.ts'
import { actionSummary } from './render-validation.ts'
import { featureImportance } from './sections/changes.ts'
import { failureOutput } from './sections/failure-output.ts'
import { runTable } from './sections/run-facts.ts'

function outcome(run: Run): string {
  const name = code(run.model)
  if (run.failure !== null || run.model_file === null)
    return `❌ Training ${name} left no model${run.failure === null ? '' : `, because ${sentence(run.failure)}`}.`
  const made = run.cache_hit
    ? 'was restored from the cache, for its inputs are unchanged'
    : `was trained in ${fmtDuration(run.seconds.fit)}`
  return `✅ ${name} ${made}: ${code(run.code.script)} on ${plural(run.rows.train, 'row')} and ${plural(run.features.length, 'feature')}, ${fmtBytes(run.model_file.bytes)} of ONNX.`
}

/** The job summary of `train`: what came out, warnings, importance, and the facts of the run. */
export function renderTraining(run: Run): string {
  const heading: Block = { kind: 'heading', level: 3, text: 'Training' }
  return actionSummary([
    heading,
    paragraph(outcome(run)),
    ...failureOutput(run),
    ...featureImportance(run),
    runTable(run, alone, null),
  ])
}
