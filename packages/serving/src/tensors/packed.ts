import type { Tensor } from '@mlwright/domain'
import type { ElementType } from './element-type.ts'
import { type Feed, rowSize, sizeOf } from './feed.ts'

/** Some tensors as one message between threads: their numbers in one buffer, in the order of the model's inputs or outputs. */
export interface Packed {
  readonly buffer: ArrayBuffer
  readonly shapes: readonly (readonly number[])[]
  /** Each text tensor, in order; one text with a separator where it goes to another thread. */
  readonly texts: readonly (string | readonly string[])[]
}

const widths = { float32: 4, float64: 8, int64: 8, uint8: 1, text: 0 } as const
const aligned = (offset: number) => (offset + 7) & ~7

type NumberArray = Float32Array | Float64Array | BigInt64Array | Uint8Array

function view(type: ElementType, buffer: ArrayBuffer, offset: number, length: number): NumberArray {
  switch (type.carrier) {
    case 'float32':
      return new Float32Array(buffer, offset, length)
    case 'float64':
      return new Float64Array(buffer, offset, length)
    case 'int64':
      return new BigInt64Array(buffer, offset, length)
    default:
      return new Uint8Array(buffer, offset, length)
  }
}

/** The shapes of requests that are joined along their first dimension. */
function joinedShape(requests: readonly (readonly Feed[])[], input: number): readonly number[] {
  const first = requests[0]![input]!.shape
  if (requests.length === 1) return first
  let rows = 0
  for (const request of requests) rows += request[input]!.shape[0]!
  return [rows, ...first.slice(1)]
}

function joinedText(requests: readonly (readonly Feed[])[], input: number): readonly string[] {
  if (requests.length === 1) return requests[0]![input]!.data as readonly string[]
  const joined: string[] = []
  for (const request of requests) for (const text of request[input]!.data as readonly string[]) joined.push(text)
  return joined
}

const separator = '\u0000'

function packText(elements: string | readonly string[]): string | readonly string[] {
  if (typeof elements === 'string') return elements
  for (const element of elements) if (element.includes(separator)) return elements
  return elements.join(separator)
}

function unpackText(packed: string | readonly string[], elements: number): readonly string[] {
  if (typeof packed !== 'string') return packed
  return elements === 0 ? [] : packed.split(separator)
}

/** Packs requests as one batch; all but the first dimension of an input agree between them. */
export function packFeeds(types: readonly ElementType[], requests: readonly (readonly Feed[])[]): Packed {
  const shapes = types.map((_, input) => joinedShape(requests, input))
  let bytes = 0
  for (const [input, type] of types.entries()) bytes = aligned(bytes) + widths[type.carrier] * sizeOf(shapes[input]!)
  const buffer = new ArrayBuffer(bytes)
  const texts: (string | readonly string[])[] = []
  let offset = 0
  for (let input = 0; input < types.length; input++) {
    const type = types[input]!
    if (type.carrier === 'text') {
      texts.push(joinedText(requests, input))
      continue
    }
    offset = aligned(offset)
    const length = sizeOf(shapes[input]!)
    const target = view(type, buffer, offset, length) as Float64Array
    let at = 0
    for (const request of requests) {
      const data = request[input]!.data as ArrayLike<number>
      if (data.length === 1) target[at] = data[0]!
      else target.set(data, at)
      at += data.length
    }
    offset += widths[type.carrier] * length
  }
  return { buffer, shapes, texts }
}

/** The same message for another thread: one text costs it much less than many. */
export function forThread(packed: Packed): Packed {
  return { ...packed, texts: packed.texts.map(packText) }
}

/** Packs a model's answer. */
export function packTensors(types: readonly ElementType[], tensors: readonly Tensor[]): Packed {
  return packFeeds(types, [tensors as readonly Feed[]])
}

/** The tensors of a message; they share its memory. */
export function unpack(types: readonly ElementType[], packed: Packed): Tensor[] {
  let offset = 0
  let text = 0
  return types.map((type, at) => {
    const shape = packed.shapes[at]!
    if (type.carrier === 'text') return { data: unpackText(packed.texts[text++]!, sizeOf(shape)), shape }
    offset = aligned(offset)
    const data = view(type, packed.buffer, offset, sizeOf(shape))
    offset += data.byteLength
    return { data, shape }
  })
}

/** The rows of one request in a batch's tensor; they share its memory. */
export function sliceRows(tensor: Tensor, start: number, end: number): Tensor {
  const size = rowSize(tensor.shape)
  const { data } = tensor
  const part = Array.isArray(data)
    ? data.slice(start * size, end * size)
    : (data as Float64Array).subarray(start * size, end * size)
  return { data: part, shape: [end - start, ...tensor.shape.slice(1)] }
}
