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
  const numbers = data as Float32Array
  if (width === 1) return [1 - numbers[row]!, numbers[row]!]
  const values: number[] = []
  for (let at = row * width; at < (row + 1) * width; at++) values.push(numbers[at]!)
  return values
}

function byClass(classes: readonly string[], values: readonly number[]): Record<string, number> {
  const named: Record<string, number> = {}
  for (let k = 0; k < classes.length; k++) named[classes[k]!] = values[k]!
  return named
}

function largest(values: readonly number[]): number {
  let best = 0
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k
  return best
}

/** Reads the answers to all `rows` rows. */
export function readAnswers(
  layout: AnswerLayout,
  outputs: readonly ServedTensor[],
  tensors: readonly Tensor[],
  rows: number,
): RowAnswer[] {
  const value = (at: number, row: number) => rowValue(tensors[at]!, outputs[at]!.type, row, rows)
  const answers: RowAnswer[] = []
  for (let row = 0; row < rows; row++) {
    if (layout.probabilities < 0) {
      const prediction =
        layout.label >= 0
          ? value(layout.label, row)
          : outputs.length === 1
            ? value(0, row)
            : Object.fromEntries(outputs.map(({ name }, at) => [name, value(at, row)]))
      answers.push({ prediction, score: null, probabilities: null })
      continue
    }
    const values = readProbabilities(tensors[layout.probabilities]!, row, rows)
    const best = largest(values)
    const { classes } = layout
    const known = classes.length === values.length
    answers.push({
      prediction: layout.label >= 0 ? value(layout.label, row) : known ? classes[best] : best,
      score: values.length === 2 ? values[1]! : values[best]!,
      probabilities: known ? byClass(classes, values) : values,
    })
  }
  return answers
}
