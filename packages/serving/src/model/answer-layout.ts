import type { Tensor } from '@mlwright/domain'
import type { ServedTensor } from './served-tensor.ts'
import type { Signature } from './signature.ts'

export type Scalar = string | number | boolean | null

/** What a model answers for one row. */
export interface RowAnswer {
  /** A class, a number, or for a model that says nothing of itself its outputs by name. */
  readonly prediction: unknown
  /** Probability of the positive class of two, else of the likeliest; null where there are no probabilities. */
  readonly score: number | null
  /** By class where the classes are known, else in the model's order. */
  readonly probabilities: Readonly<Record<string, number>> | readonly number[] | null
}

/** Which output holds what; -1 where there is none. */
export interface AnswerLayout {
  readonly label: number
  readonly probabilities: number
  readonly classes: readonly string[]
}

const named = (outputs: readonly ServedTensor[], ...names: string[]) =>
  names.map((name) => outputs.findIndex((output) => output.name === name)).find((at) => at >= 0) ?? -1

/** Finds a classifier's label and probabilities among the outputs, by the names that exporters give them. */
export function answerLayout(outputs: readonly ServedTensor[], signature: Signature): AnswerLayout {
  if (signature.task === 'regression') return { label: -1, probabilities: -1, classes: [] }
  return {
    label: named(outputs, 'label', 'output_label'),
    probabilities: named(outputs, 'probabilities', 'output_probability'),
    classes: signature.classes,
  }
}

const scalar = (value: number | bigint | string, onnx: string): Scalar =>
  typeof value === 'bigint'
    ? Number.isSafeInteger(Number(value))
      ? Number(value)
      : String(value)
    : typeof value === 'number' && onnx === 'bool'
      ? value !== 0
      : typeof value === 'number' && !Number.isFinite(value)
        ? null
        : value

/** One row of a tensor as JSON: a plain value where a row holds one, else a flat list. */
function rowValue(tensor: Tensor, onnx: string, row: number, rows: number): Scalar | Scalar[] {
  const size = tensor.data.length / rows
  if (size === 1) return scalar(tensor.data[row]!, onnx)
  return Array.from({ length: size }, (_, at) => scalar(tensor.data[row * size + at]!, onnx))
}

function readProbabilities({ data }: Tensor, row: number, rows: number): number[] {
  const width = data.length / rows
  const values = Array.from({ length: width }, (_, k) => Number(data[row * width + k]))
  return width === 1 ? [1 - values[0]!, values[0]!] : values
}

/** Reads the answer to row `row` of `rows`. */
export function readRow(
  layout: AnswerLayout,
  outputs: readonly ServedTensor[],
  tensors: readonly Tensor[],
  row: number,
  rows: number,
): RowAnswer {
  const value = (at: number) => rowValue(tensors[at]!, outputs[at]!.type, row, rows)
  if (layout.probabilities < 0) {
    if (layout.label >= 0) return { prediction: value(layout.label), score: null, probabilities: null }
    const prediction =
      outputs.length === 1 ? value(0) : Object.fromEntries(outputs.map(({ name }, at) => [name, value(at)]))
    return { prediction, score: null, probabilities: null }
  }
  const values = readProbabilities(tensors[layout.probabilities]!, row, rows)
  const best = values.reduce((found, p, k) => (p > values[found]! ? k : found), 0)
  const { classes } = layout
  const known = classes.length === values.length
  return {
    prediction: layout.label >= 0 ? value(layout.label) : known ? classes[best] : best,
    score: values.length === 2 ? values[1]! : values[best]!,
    probabilities: known ? Object.fromEntries(classes.map((name, k) => [name, values[k]!])) : values,
  }
}
