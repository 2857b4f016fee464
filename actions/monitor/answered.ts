import type { OpenDataset } from '@mlwright/data'
import {
  type AnswerColumns,
  type AnswerRows,
  readAnsweredClasses,
  readAnsweredNumbers,
  readScoredRows,
} from '@mlwright/data'
import { type Engine, UserError } from '@mlwright/domain'
import type { ClassSample, NumberSample, ScoredSample } from '@mlwright/drift'
import type { MonitorSettings } from './settings.ts'

/** Answers beside labels: scores of the positive class, several classes, or numbers. */
export type Answered =
  | { readonly kind: 'scores'; readonly sample: ScoredSample; readonly positive?: string | undefined }
  | { readonly kind: 'classes'; readonly sample: ClassSample }
  | { readonly kind: 'numbers'; readonly sample: NumberSample }

/** Answers as a table has them. */
export type ReadAnswers = Answered & { readonly read: AnswerRows & { readonly infinite: number } }

type Columns = Pick<MonitorSettings, 'score' | 'prediction' | 'positive' | 'task'>

/** What a model answers, by the columns that hold it. */
export function answerKind({ score, prediction, positive, task }: Columns, { dataset }: OpenDataset): Answered['kind'] {
  if (score?.includes('*')) return 'classes'
  if (task === 'regression') return 'numbers'
  if (score !== undefined) return 'scores'
  const type = dataset.columns.find(({ name }) => name === prediction)?.type
  return task === undefined && positive === undefined && type === 'number' ? 'numbers' : 'classes'
}

/** Reads answers of one kind; `classes` are those that are known before. */
export async function readAnswered(
  engine: Engine,
  table: OpenDataset,
  kind: Answered['kind'],
  { score, prediction, positive }: Columns,
  where: AnswerColumns,
  classes?: readonly string[],
): Promise<ReadAnswers> {
  if (kind === 'scores') {
    if (score === undefined)
      throw new UserError('INPUT_INVALID', 'Performance of a binary classifier needs `score`: the name of a column.')
    const read = await readScoredRows(engine, table, { ...where, score, prediction, positive })
    return { kind, sample: read, read }
  }
  if (kind === 'numbers') {
    if (prediction === undefined)
      throw new UserError('INPUT_INVALID', 'Performance of a regression needs `prediction`: the name of a column.')
    const read = await readAnsweredNumbers(engine, table, { ...where, prediction })
    return { kind, sample: read, read }
  }
  if (prediction === undefined && !score?.includes('*'))
    throw new UserError(
      'INPUT_INVALID',
      'Performance of several classes needs `prediction`, the name of a column, or a `score` such as `p_*`.',
    )
  const read = await readAnsweredClasses(engine, table, { ...where, score, prediction, classes })
  return { kind, sample: read, read }
}

/** Which rows were answered wrongly (1 or 0), or by how much; NaN where no label is known. */
export function errorsOf({ kind, sample }: Answered): Float64Array {
  if (kind === 'numbers') return sample.predictions.map((each, row) => Math.abs(each - sample.labels[row]!))
  const { predicted, labels } = sample
  return predicted.map((each, row) =>
    Number.isNaN(each) || Number.isNaN(labels[row]!) ? Number.NaN : Number(each !== labels[row]),
  )
}

/** A classifier's answers as far as others have them too: scores by class, the predicted class's score alone, or neither. */
export function asFarAs(sample: ClassSample, other: ClassSample): ClassSample {
  const { classes, scores, confidence, predicted } = sample
  if (scores !== null && other.scores !== null) return sample
  const scored = other.scores !== null || other.confidence !== null
  const own = scores ? predicted.map((k, row) => scores[row * classes.length + k] ?? Number.NaN) : confidence
  return { ...sample, scores: null, confidence: scored ? own : null }
}
