import { create } from '@bufbuild/protobuf'
import {
  type AttributeProto,
  AttributeProtoSchema,
  type TensorProto,
  AttributeProto_AttributeType as Type,
} from 'onnx-buf'

/** The value of a node's attribute; a whole number is an INT, an array of them INTS. */
export type AttributeValue =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly tensor: TensorProto }

const utf8 = new TextEncoder()

/** One attribute of a node. */
export function attribute(name: string, value: AttributeValue): AttributeProto {
  const make = (init: Parameters<typeof create<typeof AttributeProtoSchema>>[1]) =>
    create(AttributeProtoSchema, { name, ...(init as object) })
  if (typeof value === 'number') return make({ type: Type.INT, i: BigInt(value) })
  if (typeof value === 'string') return make({ type: Type.STRING, s: utf8.encode(value) })
  if ('float' in value) return make({ type: Type.FLOAT, f: value.float })
  if ('floats' in value) return make({ type: Type.FLOATS, floats: [...value.floats] })
  if ('tensor' in value) return make({ type: Type.TENSOR, t: value.tensor })
  if (typeof value[0] === 'string')
    return make({ type: Type.STRINGS, strings: (value as readonly string[]).map((text) => utf8.encode(text)) })
  return make({ type: Type.INTS, ints: (value as readonly number[]).map((number) => BigInt(number)) })
}
