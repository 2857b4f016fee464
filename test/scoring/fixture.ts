import { type Column, Model, type Predictions, Project } from '@mlwright/domain'
import type { EvaluateSettings } from '@mlwright/scoring'

const keysOf = (rows: number) => Array.from({ length: rows }, (_, row) => `k${row}`)

export const text = (values: readonly (string | null)[]): Column => {
  const dictionary = [...new Set(values.filter((value) => value !== null))]
  return { type: 'string', dictionary, codes: Int32Array.from(values, (value) => dictionary.indexOf(value ?? '')) }
}

export const numbers = (values: ArrayLike<number>): Column => ({ type: 'number', values: Float64Array.from(values) })

export function binary(labels: readonly number[], positive: readonly number[]): Predictions {
  return {
    task: 'classification',
    classes: ['no', 'yes'],
    keys: keysOf(labels.length),
    labels: Float64Array.from(labels),
    scores: Float64Array.from(positive.flatMap((score) => [1 - score, score])),
    decisions: null,
    columns: new Map(),
  }
}

export function multiclass(labels: readonly number[], scores: readonly (readonly number[])[]): Predictions {
  return {
    task: 'classification',
    classes: ['a', 'b', 'c'],
    keys: keysOf(labels.length),
    labels: Float64Array.from(labels),
    scores: Float64Array.from(scores.flat()),
    decisions: null,
    columns: new Map(),
  }
}

export function regression(labels: readonly number[], scores: readonly number[]): Predictions {
  return { ...binary(labels, []), task: 'regression', classes: [], scores: Float64Array.from(scores) }
}

/** 13 rows of two classes with ties at the threshold 0.4. */
export const thirteen = () =>
  binary(
    [0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0],
    [0.12, 0.4, 0.81, 0.07, 0.35, 0.62, 0.4, 0.97, 0.02, 0.55, 0.4, 0.4, 0.21],
  )

/** 11 rows of three classes, 6, 2 and 3 of each. */
export const eleven = () =>
  multiclass(
    [0, 2, 1, 0, 0, 2, 0, 1, 0, 0, 2],
    [
      [0.7, 0.2, 0.1],
      [0.1, 0.3, 0.6],
      [0.5, 0.4, 0.1],
      [0.6, 0.1, 0.3],
      [0.2, 0.5, 0.3],
      [0.25, 0.15, 0.6],
      [0.8, 0.15, 0.05],
      [0.1, 0.8, 0.1],
      [0.34, 0.33, 0.33],
      [0.45, 0.1, 0.45],
      [0.5, 0.2, 0.3],
    ],
  )

export const eight = () => regression([3, -0.5, 2, 7, 4.2, 120, 0.25, 9], [2.5, 0, 2.1, 8, 4.2, 95, 0.5, 11.5])

export const settings = (change: Partial<EvaluateSettings> = {}): EvaluateSettings => ({
  primary: 'roc_auc',
  metrics: ['roc_auc', 'accuracy'],
  gates: [],
  slices: [],
  threshold: 0.5,
  ...change,
})

export const model = (change: object = {}): Model =>
  Model.parse({
    dataset: 'customers',
    task: 'classification',
    target: 'churn',
    train: { algorithm: 'majority' },
    ...change,
  })

export const project = (requirements: object[] = []): Project => Project.parse({ name: 'shop', requirements })
