import { create, toBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  NodeProtoSchema,
  TypeProtoSchema,
} from 'onnx-buf'

const types = {
  float: DataType.FLOAT,
  double: DataType.DOUBLE,
  int32: DataType.INT32,
  int64: DataType.INT64,
  string: DataType.STRING,
  bool: DataType.BOOL,
}

/** Name, element type, and how many columns: null for one value per row without a second dimension. */
export type Value = readonly [name: string, type: keyof typeof types, columns: number | null]

function valueInfo([name, type, columns]: Value) {
  const rows = { value: { case: 'dimParam', value: 'N' } } as const
  const fixed = { value: { case: 'dimValue', value: BigInt(columns ?? 0) } } as const
  const shape = { dim: columns === null ? [rows] : [rows, fixed] }
  return {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value: { elemType: types[type], shape } } }),
  }
}

/** A node with whole-number attributes. */
export const node = (opType: string, input: string[], output: string, attributes: Record<string, number> = {}) =>
  create(NodeProtoSchema, {
    opType,
    input,
    output: [output],
    attribute: Object.entries(attributes).map(([name, value]) => ({ name, type: AttributeType.INT, i: BigInt(value) })),
  })

/** A model as another tool would export it. */
export function onnxModel(
  inputs: readonly Value[],
  nodes: ReturnType<typeof node>[],
  outputs: readonly Value[],
): Uint8Array {
  const graph = { name: 'g', node: nodes, input: inputs.map(valueInfo), output: outputs.map(valueInfo) }
  const opsetImport = [{ domain: '', version: 18n }]
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n, opsetImport, graph }))
}
