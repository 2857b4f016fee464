import { create } from '@bufbuild/protobuf'
import { TensorProto_DataType as DataType, type TensorProto, TensorProtoSchema } from 'onnx-buf'

const utf8 = new TextEncoder()

function bytes(count: number, size: number, write: (view: DataView, at: number, index: number) => void) {
  const buffer = new ArrayBuffer(count * size)
  const view = new DataView(buffer)
  for (let i = 0; i < count; i++) write(view, i * size, i)
  return new Uint8Array(buffer)
}

const shape = (dims: readonly number[]) => dims.map((dim) => BigInt(dim))

/** A float32 tensor. */
export function floatTensor(values: ArrayLike<number>, dims: readonly number[], name = ''): TensorProto {
  const rawData = bytes(values.length, 4, (view, at, i) => view.setFloat32(at, values[i]!, true))
  return create(TensorProtoSchema, { name, dims: shape(dims), dataType: DataType.FLOAT, rawData })
}

/** A float64 tensor. */
export function doubleTensor(values: ArrayLike<number>, dims: readonly number[], name = ''): TensorProto {
  const rawData = bytes(values.length, 8, (view, at, i) => view.setFloat64(at, values[i]!, true))
  return create(TensorProtoSchema, { name, dims: shape(dims), dataType: DataType.DOUBLE, rawData })
}

/** An int64 tensor. */
export function int64Tensor(values: ArrayLike<number>, dims: readonly number[], name = ''): TensorProto {
  const rawData = bytes(values.length, 8, (view, at, i) => view.setBigInt64(at, BigInt(values[i]!), true))
  return create(TensorProtoSchema, { name, dims: shape(dims), dataType: DataType.INT64, rawData })
}

/** A uint8 tensor. */
export function byteTensor(values: ArrayLike<number>, dims: readonly number[], name = ''): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: shape(dims),
    dataType: DataType.UINT8,
    rawData: bytes(values.length, 1, (view, at, i) => view.setUint8(at, values[i]!)),
  })
}

/** A string tensor. */
export function stringTensor(values: readonly string[], dims: readonly number[], name = ''): TensorProto {
  const stringData = values.map((text) => utf8.encode(text))
  return create(TensorProtoSchema, { name, dims: shape(dims), dataType: DataType.STRING, stringData })
}
