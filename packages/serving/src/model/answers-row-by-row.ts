import type { Tensor, TensorInfo } from '@mlwright/domain'
import type { ElementType } from '../tensors/element-type.ts'
import { type Feed, sizeOf } from '../tensors/feed.ts'
import { type Packed, packFeeds, sliceRows, unpack } from '../tensors/packed.ts'

/** A row of zeros or ones, and of texts, as an input takes it; free dimensions are 1. */
export function probeRow(input: TensorInfo, type: ElementType, value: 0 | 1): Feed {
  const shape = [1, ...input.shape.slice(1).map((size) => size ?? 1)]
  const size = sizeOf(shape)
  if (type.carrier === 'text') return { data: new Array<string>(size).fill(value === 0 ? '' : 'a'), shape }
  if (type.carrier === 'int64') return { data: new Array<bigint>(size).fill(BigInt(value)), shape }
  return { data: new Array<number>(size).fill(value), shape }
}

const close = (a: unknown, b: unknown) =>
  typeof a === 'number' && typeof b === 'number'
    ? Object.is(a, b) || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(a), Math.abs(b))
    : a === b

function equal(a: Tensor, b: Tensor): boolean {
  return (
    a.data.length === b.data.length && Array.from(a.data as ArrayLike<unknown>).every((x, at) => close(x, b.data[at]))
  )
}

/**
 * Whether a model answers two rows together as it answers each alone, so that requests may be joined. Declared shapes do
 * not tell: many exporters declare a label as `[1]`, and a model may well look across its rows.
 */
export async function answersRowByRow(
  facts: { readonly inputs: readonly TensorInfo[] },
  inputs: readonly ElementType[],
  outputs: readonly ElementType[],
  run: (feeds: Packed) => Promise<{ readonly packed: Packed }>,
): Promise<boolean> {
  if (facts.inputs.some(({ shape }) => shape.length === 0 || shape[0] !== null)) return false
  const rows = ([0, 1] as const).map((value) => facts.inputs.map((input, at) => probeRow(input, inputs[at]!, value)))
  const answer = async (requests: readonly (readonly Feed[])[]) =>
    unpack(outputs, (await run(packFeeds(inputs, requests))).packed)
  try {
    const alone = [await answer([rows[0]!]), await answer([rows[1]!])]
    const together = await answer([rows[0]!, rows[1]!])
    return together.every(
      (tensor, at) =>
        tensor.shape[0] === 2 &&
        equal(sliceRows(tensor, 0, 1), alone[0]![at]!) &&
        equal(sliceRows(tensor, 1, 2), alone[1]![at]!),
    )
  } catch {
    return false
  }
}
