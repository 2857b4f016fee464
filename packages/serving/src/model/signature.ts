import { ColumnType, Task, type TensorInfo } from '@mlwright/domain'
import { z } from 'zod'
import { elementType } from '../tensors/element-type.ts'

const Stamped = z.object({
  task: Task,
  classes: z.array(z.string()),
  features: z.array(z.object({ name: z.string(), type: ColumnType })),
})

/** One named column of a request. */
export interface ServedColumn {
  readonly name: string
  readonly type: ColumnType
  /** The tensor that it goes to. */
  readonly input: number
  /** Dimensions of one value, `[]` for a plain one; null where a dimension is free. */
  readonly shape: readonly (number | null)[]
}

/** What a model takes as named columns and what it answers. */
export interface Signature {
  /** Null where the model does not say what it is for. */
  readonly task: Task | null
  /** Classes in the order of its probabilities; for two, the positive one is last. */
  readonly classes: readonly string[]
  readonly columns: readonly ServedColumn[]
  /** True where all columns stand in one `[N,F]` tensor. */
  readonly matrix: boolean
}

const integers = /^u?int/

function columnType(onnx: string): ColumnType {
  const type = elementType(onnx)
  if (type?.carrier === 'text') return 'string'
  return onnx === 'bool' ? 'boolean' : 'number'
}

/** The stamp that mlwright's trainers leave, or null. */
function readStamp(metadata: ReadonlyMap<string, string>): z.infer<typeof Stamped> | null {
  const text = metadata.get('mlwright.signature')
  if (text === undefined) return null
  try {
    return Stamped.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Trailing dimensions of one value: `[N]` and `[N,1]` are plain values. */
function valueShape(shape: readonly (number | null)[]): (number | null)[] {
  const rest = shape.slice(1)
  return rest.length === 1 && rest[0] === 1 ? [] : rest
}

/** The named columns of a model: its stamp's features, or one per input where there is none. */
export function readSignature(facts: {
  readonly inputs: readonly TensorInfo[]
  readonly metadata: ReadonlyMap<string, string>
}): Signature {
  const { inputs, metadata } = facts
  const stamp = readStamp(metadata)
  const position = new Map(inputs.map(({ name }, at) => [name, at]))
  if (stamp?.features.every(({ name }) => position.has(name)) && stamp.features.length === inputs.length)
    return {
      task: stamp.task,
      classes: stamp.classes,
      matrix: false,
      columns: stamp.features.map(({ name, type }) => ({ name, type, input: position.get(name)!, shape: [] })),
    }
  const only = inputs.length === 1 ? inputs[0]! : null
  if (stamp && only?.shape.length === 2 && (only.shape[1] ?? stamp.features.length) === stamp.features.length)
    return {
      task: stamp.task,
      classes: stamp.classes,
      matrix: true,
      columns: stamp.features.map(({ name, type }) => ({ name, type, input: 0, shape: [] })),
    }
  return {
    task: null,
    classes: [],
    matrix: false,
    columns: inputs.map(({ name, type, shape }, input) => ({
      name,
      type: columnType(type),
      input,
      shape: valueShape(shape),
    })),
  }
}

/** Whether a column only takes whole numbers. */
export function takesIntegers(onnx: string): boolean {
  return integers.test(onnx)
}
