import { type Task, type Tensor, UserError } from '@mlwright/domain'

const invalid = (message: string) => new UserError('MODEL_INVALID', message)

export interface ReadOutputs {
  readonly scores: Float64Array | null
  readonly decisions: Int32Array | null
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
  if (width === 2 && values.length === rows)
    return Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 1 ? values[i >> 1]! : 1 - values[i >> 1]!))
  if (values.length !== rows * width)
    throw invalid(
      `The model gives ${values.length / rows} probabilities per row, and the target has ${width} classes; train on every class.`,
    )
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let k = 0; k < width; k++) sum += values[row * width + k]!
    if (Math.abs(sum - 1) > 1e-3)
      throw invalid(
        `The model's probabilities sum to ${sum.toPrecision(4)} for some row, not to 1; output probabilities, not raw scores.`,
      )
  }
  return values
}

/**
 * Which class each column of the probabilities is about. Our classes put the positive one last and sort numbers as text,
 * and another tool has its own order: the label tells, for it is the likeliest class. Columns that win nowhere keep their order.
 */
function columnClasses(values: Float64Array, positions: Int32Array, width: number): number[] {
  const votes = Array.from({ length: width }, () => new Int32Array(width))
  for (let row = 0; row < positions.length; row++) {
    let best = 0
    let tied = false
    for (let k = 1; k < width; k++) {
      const gap = values[row * width + k]! - values[row * width + best]!
      if (gap > 0) best = k
      tied = gap > 0 ? false : tied || gap === 0
    }
    if (!tied) votes[best]![positions[row]!]!++
  }
  const taken = new Set<number>()
  const found = votes.map((counts) => {
    const most = Math.max(...counts)
    const winner = most > 0 ? counts.indexOf(most) : -1
    if (winner < 0 || taken.has(winner)) return -1
    taken.add(winner)
    return winner
  })
  const free = positionsOf(width).filter((k) => !taken.has(k))
  return found.map((winner, k) => {
    if (winner >= 0) return winner
    const own = free.indexOf(k)
    return free.splice(Math.max(own, 0), 1)[0]!
  })
}

const positionsOf = (width: number) => Array.from({ length: width }, (_, k) => k)

function reordered(values: Float64Array, positions: Int32Array, width: number): Float64Array {
  const classes = columnClasses(values, positions, width)
  if (classes.every((position, k) => position === k)) return values
  const result = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) result[i - (i % width) + classes[i % width]!] = values[i]!
  return result
}

/**
 * Reads a model's answer for some rows.
 * @returns rows × classes scores (predictions for regression), or decisions where a classifier gives labels alone.
 */
export function readOutputs(
  outputs: ReadonlyMap<string, Tensor>,
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
    return { scores: values, decisions: null }
  }
  const isLabel = (tensor: Tensor) => Array.isArray(tensor.data) || tensor.data instanceof BigInt64Array
  const label = outputs.get('label') ?? outputs.get('output_label') ?? tensors.find(isLabel)
  const scores =
    outputs.get('probabilities') ??
    outputs.get('output_probability') ??
    tensors.find((tensor) => tensor !== label && !isLabel(tensor))
  if (scores) {
    const values = probabilities(scores, classes, rows)
    return {
      scores: label && isLabel(label) ? reordered(values, classPositions(label, classes), classes.length) : values,
      decisions: null,
    }
  }
  if (!label)
    throw invalid("The model gives its probabilities as a map (ZipMap); export it with options={'zipmap': False}.")
  return { scores: null, decisions: classPositions(label, classes) }
}
