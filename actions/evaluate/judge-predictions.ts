import type { Model, Ports, Predictions, Project } from '@mlwright/domain'
import { evaluatePredictions, resolveEvaluate } from '@mlwright/scoring'
import { recordText } from '@mlwright/tracking'
import { type Judged, judgement } from './judgement.ts'
import { resamplingOf } from './resampling.ts'

/** Judges predictions that belong to no run, and writes the Evaluation to `.mlwright/evaluations/`. */
export async function judgePredictions(
  { files }: Pick<Ports, 'files'>,
  { name, model, project }: { readonly name: string; readonly model: Model; readonly project: Project },
  predictions: Predictions,
  trainLabels?: Float64Array,
): Promise<Judged> {
  const evaluation = evaluatePredictions({
    model: name,
    run: null,
    predictions,
    settings: resolveEvaluate(name, model, project, predictions.classes.length),
    ...(trainLabels && { trainLabels }),
    ...(project.value && { value: project.value }),
    resampling: resamplingOf(model, predictions),
  })
  const path = `.mlwright/evaluations/${name}.json`
  await files.write(path, recordText(evaluation))
  return { verdict: evaluation.verdict, message: judgement(name, evaluation, evaluation.verdict), evaluation, path }
}
