import { likeliest, readPredictions } from '@mlwright/data'
import type { Ports } from '@mlwright/domain'
import type { StoredRun } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'
import type { Answered } from './answered.ts'

const unknownAsNaN = (codes: ArrayLike<number>) => Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code))

/** A released model's answers on its test rows, as the records keep them; null where they are not stored. */
export async function storedAnswers(
  { engine, files }: Pick<Ports, 'engine' | 'files'>,
  { run, evaluation, predictions }: StoredRun,
  positive: string | undefined,
): Promise<Answered | null> {
  if (!predictions) return null
  const path = `${localPaths.run(run.id)}/predictions.parquet`
  await files.write(path, predictions)
  const { classes, labels, scores, decisions } = await readPredictions(engine, files.absolute(path))
  if (run.task === 'regression') {
    const sample = scores && { predictions: scores, labels: Float64Array.from(labels) }
    return sample && { kind: 'numbers', sample }
  }
  if (classes.length > 2) {
    if (!scores && !decisions) return null
    const predicted = decisions ? unknownAsNaN(decisions) : likeliest(scores!, classes.length)
    return { kind: 'classes', sample: { classes, scores, confidence: null, predicted, labels: unknownAsNaN(labels) } }
  }
  if (!scores) return null
  const yes = Math.max(0, classes.indexOf(positive ?? classes.at(-1)!))
  const threshold = evaluation?.threshold ?? 0.5
  const ofPositive = Float64Array.from(labels, (_, row) => scores[row * 2 + yes]!)
  return {
    kind: 'scores',
    sample: {
      scores: ofPositive,
      predicted: ofPositive.map((score, row) => Number(decisions ? decisions[row] === yes : score >= threshold)),
      labels: unknownAsNaN(labels).map((label) => (Number.isNaN(label) ? label : Number(label === yes))),
    },
    positive: classes[yes]!,
  }
}
