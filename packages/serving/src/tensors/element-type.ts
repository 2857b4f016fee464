/** How the elements of an ONNX type travel, and what the Open Inference Protocol calls it. */
export interface ElementType {
  /** ONNX name in lower case. */
  readonly onnx: string
  /** Name in the Open Inference Protocol. */
  readonly datatype: string
  /** The array that carries it through a session: float64 holds every value of the smaller types. */
  readonly carrier: 'float32' | 'float64' | 'int64' | 'uint8' | 'text'
  /** Bytes of one element on the wire; 0 for text, whose elements carry their length. */
  readonly bytes: number
  /** Smallest and largest value of an integer type. */
  readonly range: readonly [bigint, bigint] | null
}

const signed = (bits: number): [bigint, bigint] => [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n]
const unsigned = (bits: number): [bigint, bigint] => [0n, 2n ** BigInt(bits) - 1n]

const all: readonly ElementType[] = [
  { onnx: 'float', datatype: 'FP32', carrier: 'float32', bytes: 4, range: null },
  { onnx: 'double', datatype: 'FP64', carrier: 'float64', bytes: 8, range: null },
  { onnx: 'float16', datatype: 'FP16', carrier: 'float64', bytes: 2, range: null },
  { onnx: 'bool', datatype: 'BOOL', carrier: 'uint8', bytes: 1, range: [0n, 1n] },
  { onnx: 'int8', datatype: 'INT8', carrier: 'float64', bytes: 1, range: signed(8) },
  { onnx: 'int16', datatype: 'INT16', carrier: 'float64', bytes: 2, range: signed(16) },
  { onnx: 'int32', datatype: 'INT32', carrier: 'float64', bytes: 4, range: signed(32) },
  { onnx: 'int64', datatype: 'INT64', carrier: 'int64', bytes: 8, range: signed(64) },
  { onnx: 'uint8', datatype: 'UINT8', carrier: 'uint8', bytes: 1, range: unsigned(8) },
  { onnx: 'uint16', datatype: 'UINT16', carrier: 'float64', bytes: 2, range: unsigned(16) },
  { onnx: 'uint32', datatype: 'UINT32', carrier: 'float64', bytes: 4, range: unsigned(32) },
  { onnx: 'uint64', datatype: 'UINT64', carrier: 'int64', bytes: 8, range: unsigned(64) },
  { onnx: 'string', datatype: 'BYTES', carrier: 'text', bytes: 0, range: null },
]
const byName = new Map(all.map((type) => [type.onnx, type]))

/** The element type of an ONNX name, or null where it cannot be served (sequences, maps, bfloat16). */
export function elementType(onnx: string): ElementType | null {
  return byName.get(onnx) ?? null
}
