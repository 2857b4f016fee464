import { readPredictions, type ScoredRows } from '@mlwright/data'
import type { Ports } from '@mlwright/domain'
import type { StoredRun } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'

/** Answers beside labels, and which class counts as positive. */
export interface StoredAnswers extends ScoredRows {
  readonly positive: string
}

/** A released binary classifier's answers on its test rows, as the records keep them; null for other models, and where they are not stored. */
export async function storedAnswers(
  { engine, files }: Pick<Ports, 'engine' | 'files'>,
  { run, evaluation, predictions }: StoredRun,
  positive: string | undefined,
): Promise<StoredAnswers | null> {
  if (!predictions || run.task !== 'classification' || run.classes.length !== 2) return null
  const path = `${localPaths.run(run.id)}/predictions.parquet`
  await files.write(path, predictions)
  const { classes, labels, scores, decisions } = await readPredictions(engine, files.absolute(path))
  const yes = Math.max(0, classes.indexOf(positive ?? classes.at(-1)!))
  if (!scores) return null
  const threshold = evaluation?.threshold ?? 0.5
  const ofPositive = Float64Array.from(labels, (_, row) => scores[row * 2 + yes]!)
  return {
    scores: ofPositive,
    predicted: ofPositive.map((score, row) => Number(decisions ? decisions[row] === yes : score >= threshold)),
    labels: labels.map((label) => (label < 0 ? Number.NaN : Number(label === yes))),
    contradictory: 0,
    positive: classes[yes]!,
  }
}
