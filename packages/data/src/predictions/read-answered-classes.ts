import { byUtf8, type Column, classCodes, classesOf, type Engine, UserError } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { type AnswerColumns, type AnswerRows, numbersOf, readAnswers, requireColumn, sumOf } from './answer-query.ts'
import { interleave } from './read-predictions.ts'

/** Classes that a model predicted, and what was true where it is known. */
export interface AnsweredClasses extends AnswerRows {
  readonly classes: readonly string[]
  /** rows × classes in row-major order, NaN where missing or infinite; null without scores by class. */
  readonly scores: Float64Array | null
  /** The score of the predicted class alone; null where nothing but that is known. */
  readonly confidence: Float64Array | null
  /** Class positions, NaN where missing or none of the classes. */
  readonly predicted: Float64Array
  readonly labels: Float64Array
  readonly infinite: number
}

export interface ClassColumns extends AnswerColumns {
  /** A pattern such as `p_*`, where `*` is the class, or the column of the predicted class's score. */
  readonly score?: string | undefined
  /** Column of the predicted class; without it the likeliest one is. */
  readonly prediction?: string | undefined
  /** The classes, where they are known before; else those of the columns, or of predictions and labels. */
  readonly classes?: readonly string[] | undefined
}

/** SQL of a class as text; whole numbers without a fraction. */
function classSql(column: string, type: string | undefined): string {
  if (type !== 'number') return `CAST(${column} AS VARCHAR)`
  return `CASE WHEN ${column} = trunc(${column}) THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`
}

const typeOf = ({ dataset }: OpenDataset, name: string) => dataset.columns.find((column) => column.name === name)?.type

/** The columns that a pattern such as `p_*` finds. */
export function scoredColumns({ dataset }: OpenDataset, pattern: string): string[] {
  const [before = '', after = ''] = pattern.split('*')
  return dataset.columns
    .map(({ name }) => name)
    .filter((name) => name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after))
}

/** The classes for which a pattern finds a column. */
function scoredClasses(opened: OpenDataset, pattern: string): string[] {
  const found = scoredColumns(opened, pattern)
  if (found.length < 2)
    throw new UserError(
      'INPUT_INVALID',
      `The score \`${pattern}\` needs a column for each class, and ${opened.dataset.name} has ${found.length === 1 ? 'one' : 'none'}; columns there: ${opened.dataset.columns.map(({ name }) => name).join(', ')}.`,
    )
  const [before = '', after = ''] = pattern.split('*')
  return found.map((name) => name.slice(before.length, name.length - after.length)).sort(byUtf8)
}

/** The likeliest class of each row of scores in row-major order, NaN where one is missing. */
export function likeliest(scores: Float64Array, classes: number): Float64Array {
  return Float64Array.from({ length: scores.length / classes }, (_, row) => {
    const own = scores.subarray(row * classes, (row + 1) * classes)
    return own.some(Number.isNaN) ? Number.NaN : own.indexOf(Math.max(...own))
  })
}

const positions = (column: Column, classes: readonly string[]) =>
  Float64Array.from(classCodes(column, classes), (code) => (code < 0 ? Number.NaN : code))

/** Reads a classifier's scores, decisions and labels. Throws `UserError` INPUT_INVALID for a column that is not there. */
export async function readAnsweredClasses(
  engine: Engine,
  opened: OpenDataset,
  columns: ClassColumns,
): Promise<AnsweredClasses> {
  const { score, prediction } = columns
  const several = score?.includes('*') ?? false
  const known = columns.classes ?? (several ? scoredClasses(opened, score!) : null)
  const names = several ? known!.map((name) => requireColumn(opened, score!.replace('*', name))) : []
  if (!several && score !== undefined) names.push(requireColumn(opened, score))
  const raw = names.map((name) => `TRY_CAST(r.${name} AS DOUBLE)`)
  const decided =
    prediction === undefined ? 'NULL' : classSql(`r.${requireColumn(opened, prediction)}`, typeOf(opened, prediction))
  const infinite = raw.length > 0 ? raw.map((sql) => `coalesce(isinf(${sql}), false)`).join(' OR ') : 'false'
  const select = {
    ...Object.fromEntries(raw.map((sql, k) => [`s${k}`, `CASE WHEN isfinite(${sql}) THEN ${sql} END`])),
    p: decided,
    f: `CAST((${infinite}) AS DOUBLE)`,
  }
  const truth = (column: string, of: OpenDataset) => classSql(column, typeOf(of, columns.label))
  const { batch, ...answers } = await readAnswers(engine, opened, columns, select, truth)
  const nothing: Column = { type: 'string', codes: new Int32Array(batch.rows).fill(-1), dictionary: [] }
  const text = (name: string) => {
    const column = batch.columns.get(name)
    return column?.type === 'string' ? column : nothing
  }
  const classes = known ?? [...new Set([...classesOf(text('y')), ...classesOf(text('p'))])].sort(byUtf8)
  const values = names.map((_, k) => numbersOf(batch, `s${k}`))
  const scores = several ? interleave(values, batch.rows) : null
  return {
    ...answers,
    classes,
    scores,
    confidence: !several && values.length === 1 ? values[0]! : null,
    predicted: prediction === undefined && scores ? likeliest(scores, classes.length) : positions(text('p'), classes),
    labels: positions(text('y'), classes),
    infinite: sumOf(numbersOf(batch, 'f')),
  }
}
