import type { Tensor } from '@mlwright/domain'
import type { ElementType } from '../tensors/element-type.ts'

const plain = (value: number) => (Number.isFinite(value) ? String(value) : 'null')

/**
 * The elements of a tensor as flat JSON: integers with all their digits; a float32 as the double that it is exactly;
 * what JSON has no number for is null.
 */
export function jsonData(type: ElementType, data: Tensor['data'], start = 0, end = data.length): string {
  const parts = new Array<string>(end - start)
  for (let at = start; at < end; at++) {
    const value = data[at]!
    parts[at - start] =
      typeof value === 'string'
        ? JSON.stringify(value)
        : typeof value === 'bigint'
          ? String(type.onnx === 'uint64' ? BigInt.asUintN(64, value) : value)
          : type.onnx === 'bool'
            ? String(value !== 0)
            : plain(value)
  }
  return `[${parts.join(',')}]`
}

/** The elements as lists nested by the shape, the first dimension outermost. */
export function nestedJson(type: ElementType, { data, shape }: Tensor): string {
  const build = (depth: number, start: number, size: number): string => {
    const length = shape[depth]!
    if (depth === shape.length - 1) return jsonData(type, data, start, start + length)
    const inner = length === 0 ? 0 : size / length
    const parts: string[] = []
    for (let at = 0; at < length; at++) parts.push(build(depth + 1, start + at * inner, inner))
    return `[${parts.join(',')}]`
  }
  return shape.length === 0 ? jsonData(type, data).slice(1, -1) : build(0, 0, data.length)
}
