import { type Task, type Tensor, type TensorInfo, UserError } from '@mlwright/domain'

const invalid = (message: string) => new UserError('MODEL_INVALID', message)

/** What rounding may add to a probability, or to their sum. */
const tolerance = 1e-3

export interface ReadOutputs {
  /** rows × classes in the model's order of classes, or one prediction per row; null where it gives labels alone. */
  readonly scores: Float64Array | null
  /** Positions among our classes of what the model decided; null where it does not say. */
  readonly labels: Int32Array | null
}

function numbers(tensor: Tensor, what: string): Float64Array {
  const { data } = tensor
  if (!(data instanceof Float32Array || data instanceof Float64Array || data instanceof BigInt64Array))
    throw invalid(`The model's ${what} are not numbers.`)
  const values = Float64Array.from(data as Iterable<number | bigint>, Number)
  const wrong = values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0)
    throw invalid(
      `The model answers ${values[wrong]} for some row; it has to give a number for every row, missing values included.`,
    )
  return values
}

/** Positions of labels (text or whole numbers) among the classes. */
function classPositions(tensor: Tensor, classes: readonly string[]): Int32Array {
  const position = new Map(classes.map((name, k) => [name, k]))
  return Int32Array.from(Array.from(tensor.data as ArrayLike<unknown>), (label) => {
    const found = position.get(String(label))
    if (found === undefined)
      throw invalid(
        `The model answers the class ${String(label)}, which the target does not have (${classes.slice(0, 5).join(', ')}).`,
      )
    return found
  })
}

function probabilities(tensor: Tensor, classes: readonly string[], rows: number): Float64Array {
  const values = numbers(tensor, 'probabilities')
  const width = classes.length
  const outside = values.find((value) => value < -tolerance || value > 1 + tolerance)
  if (outside !== undefined)
    throw invalid(
      `The model's probabilities hold ${outside.toPrecision(4)}, which is not between 0 and 1; output probabilities, not raw scores.`,
    )
  if (width === 2 && values.length === rows)
    return Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 1 ? values[i >> 1]! : 1 - values[i >> 1]!))
  if (values.length !== rows * width)
    throw invalid(
      `The model gives ${values.length / rows} probabilities per row, and the target has ${width} classes; train on every class.`,
    )
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let k = 0; k < width; k++) sum += values[row * width + k]!
    if (Math.abs(sum - 1) > tolerance)
      throw invalid(
        `The model's probabilities sum to ${sum.toPrecision(4)} for some row, not to 1; output probabilities, not raw scores.`,
      )
  }
  return values
}

/**
 * Reads a model's answer for some rows; of a classifier, what is text or whole numbers is its labels.
 * @param declared the model's outputs as it declares them
 * @returns scores, and what the model decided; their columns can be in another order than `classes`.
 */
export function readOutputs(
  outputs: ReadonlyMap<string, Tensor>,
  declared: readonly TensorInfo[],
  task: Task,
  classes: readonly string[],
  rows: number,
): ReadOutputs {
  const tensors = [...outputs.values()]
  if (task === 'regression') {
    const tensor = outputs.get('prediction') ?? outputs.get('variable') ?? tensors[0]
    if (!tensor) throw invalid('The model has no output that is a tensor.')
    const values = numbers(tensor, 'predictions')
    if (values.length !== rows)
      throw invalid(`The model gives ${values.length / rows} numbers per row, and regression needs one.`)
    return { scores: values, labels: null }
  }
  const labelNames = declared.filter(({ type }) => /^(string|u?int\d+)$/.test(type)).map(({ name }) => name)
  const isLabel = (name: string) => labelNames.includes(name)
  const name = ['label', 'output_label', ...labelNames].find((candidate) => outputs.has(candidate))
  const scoresName = ['probabilities', 'output_probability', ...outputs.keys()].find(
    (candidate) => outputs.has(candidate) && candidate !== name && !isLabel(candidate),
  )
  const label = name === undefined ? undefined : outputs.get(name)
  const scores = scoresName === undefined ? undefined : outputs.get(scoresName)
  if (scores)
    return {
      scores: probabilities(scores, classes, rows),
      labels: label && isLabel(name!) ? classPositions(label, classes) : null,
    }
  if (!label)
    throw invalid("The model gives its probabilities as a map (ZipMap); export it with options={'zipmap': False}.")
  return { scores: null, labels: classPositions(label, classes) }
}
