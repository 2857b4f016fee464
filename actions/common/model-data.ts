import { assignSplit, type OpenDataset, openDataset, readTable, rowKeys } from '@mlwright/data'
import {
  type Batch,
  byUtf8,
  type Column,
  type ColumnType,
  classCodes,
  classesOf,
  type Engine,
  nearest,
  type Split,
  UserError,
} from '@mlwright/domain'
import { resolveEvaluate } from '@mlwright/scoring'
import type { ModelInputs } from './model-inputs.ts'

/** A model's rows in file order, and what each of them is for. */
export interface ModelData {
  readonly opened: OpenDataset
  readonly table: Batch
  readonly keys: readonly string[]
  readonly classes: readonly string[]
  /** Class positions, or the target itself for regression. */
  readonly labels: Float64Array
  readonly features: readonly { readonly name: string; readonly type: ColumnType }[]
  readonly train: Int32Array
  readonly validation: Int32Array
  readonly test: Int32Array
}

function noColumn(name: string, columns: Iterable<string>, where: string, dataset: string): UserError {
  const near = nearest(name, columns)
  const hint = near ? `; did you mean ${near}?` : '.'
  return new UserError('CONFIG_INVALID', `${where}: the dataset ${dataset} has no column ${name}${hint}`)
}

function required(table: Batch, name: string, where: string, dataset: string): Column {
  const column = table.columns.get(name)
  if (column) return column
  throw noColumn(name, table.columns.keys(), where, dataset)
}

/** Columns that say something about rows and nothing about what they describe. */
function bookkeeping(split: Split): string[] {
  if (split.method === 'group') return [split.column]
  return split.method === 'column' ? [split.column, ...(split.group === undefined ? [] : [split.group])] : []
}

/** The columns whose values make up a row's key where it has none: all but the one that only says what the row is for. */
export function contentColumns(split: Split, columns: readonly string[]): string[] {
  return columns.filter((name) => split.method !== 'column' || name !== split.column).sort(byUtf8)
}

/** The columns whose values make up a row's key among these: the primary key where all of it is there, else the content. */
export function keyColumns({ key, model }: ModelInputs, columns: readonly string[]): readonly string[] {
  return key.length > 0 && key.every((name) => columns.includes(name)) ? key : contentColumns(model.split, columns)
}

function featureColumns(inputs: ModelInputs, columns: readonly { name: string; type: ColumnType }[]) {
  const { model, name, key } = inputs
  const names = columns.map((column) => column.name)
  const listed = 'include' in model.features ? model.features.include : model.features.exclude
  for (const feature of listed)
    if (!names.includes(feature)) throw noColumn(feature, names, `models.${name}.features`, model.dataset)
  if ('include' in model.features)
    return columns.filter((column) => listed.includes(column.name) && column.name !== model.target)
  const excluded = new Set([...listed, model.target, ...key, ...bookkeeping(model.split)])
  return columns.filter((column) => !excluded.has(column.name))
}

/** Reads a model's data and assigns every row that has a target to its part of the split. */
export async function modelData(engine: Engine, inputs: ModelInputs): Promise<ModelData> {
  const { model, name } = inputs
  const opened = await openDataset(engine, {
    name: model.dataset,
    files: inputs.files,
    ...(inputs.contract && { types: inputs.contract.types }),
  })
  if (opened.dataset.rows === 0) {
    const why = opened.findings.find((finding) => finding.level === 'fail')?.message ?? 'It has no rows.'
    throw new UserError('DATA_UNUSABLE', `The dataset ${model.dataset} cannot be used: ${why}`)
  }
  const { columns } = opened.dataset
  const features = featureColumns(inputs, columns)
  if (features.length === 0)
    throw new UserError('CONFIG_INVALID', `models.${name}.features leaves no column to learn from.`)
  const table = await readTable(
    engine,
    opened,
    columns.map((column) => column.name),
  )
  const target = required(table, model.target, `models.${name}.target`, model.dataset)
  for (const slice of resolveEvaluate(name, model, inputs.config.project).slices)
    required(table, slice, `models.${name}.evaluate.slices`, model.dataset)
  if (model.task === 'regression' && target.type === 'string')
    throw new UserError(
      'CONFIG_INVALID',
      `models.${name}.task is regression, but the target ${model.target} holds text; choose classification, or a numeric target.`,
    )

  const classes = model.task === 'classification' ? classesOf(target, model.positive) : []
  const labels =
    target.type === 'string' || model.task === 'classification'
      ? Float64Array.from(classCodes(target, classes))
      : target.values
  const known = (row: number) => (model.task === 'classification' ? labels[row]! >= 0 : Number.isFinite(labels[row]!))
  if (!labels.some((_, row) => known(row)))
    throw new UserError(
      'DATA_UNUSABLE',
      `The target ${model.target} has no value in any row of ${model.dataset}; correct the data, or models.${name}.target.`,
    )
  if (model.positive !== undefined && !classes.includes(model.positive))
    throw new UserError(
      'CONFIG_INVALID',
      `models.${name}.positive: no row has ${model.target} = ${model.positive}; found ${classes.slice(0, 10).join(', ')}.`,
    )

  const { split } = model
  const names = columns.map((column) => column.name)
  const keys = await rowKeys(engine, opened, keyColumns(inputs, names))
  const stratify = split.method === 'random' && (split.stratify ?? model.task === 'classification')
  const column =
    split.method === 'random' ? null : required(table, split.column, `models.${name}.split.column`, model.dataset)
  const parts = assignSplit(split, { keys, strata: stratify ? Int32Array.from(labels) : null, column })
  const rowsOf = (part: number) =>
    Int32Array.from(Array.from(parts.keys()).filter((row) => parts[row] === part && known(row)))
  return { opened, table, keys, classes, labels, features, train: rowsOf(0), validation: rowsOf(1), test: rowsOf(2) }
}
