/** Just enough protobuf to write small ONNX models by hand; the field numbers are those of onnx.proto3. */
const text = (value: string) => new TextEncoder().encode(value)

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
}
const number = (field: number, value: number) => Uint8Array.from([...varint(field * 8), ...varint(value)])
function bytes(field: number, ...parts: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts)
  return Buffer.concat([Uint8Array.from([...varint(field * 8 + 2), ...varint(body.length)]), body])
}

export function node(type: string, inputs: string[], outputs: string[], domain = '', attributes: Uint8Array[] = []) {
  return Buffer.concat([
    ...inputs.map((name) => bytes(1, text(name))),
    ...outputs.map((name) => bytes(2, text(name))),
    bytes(4, text(type)),
    ...attributes.map((attribute) => bytes(5, attribute)),
    bytes(7, text(domain)),
  ])
}

/** A ValueInfoProto of a tensor; type 1 is float, 8 string. Without a shape nothing says how many dimensions it has. */
export function tensorType(name: string, type: number, shape: (number | string)[] | null) {
  const dimensions = shape?.map((size) => bytes(1, typeof size === 'number' ? number(1, size) : bytes(2, text(size))))
  const parts = [number(1, type), ...(dimensions ? [bytes(2, ...dimensions)] : [])]
  return Buffer.concat([bytes(1, text(name)), bytes(2, bytes(1, ...parts))])
}

export function model(parts: {
  nodes: Uint8Array[]
  inputs: Uint8Array[]
  outputs: Uint8Array[]
  metadata?: Record<string, string>
}): Uint8Array {
  const graph = [
    ...parts.nodes.map((body) => bytes(1, body)),
    bytes(2, text('g')),
    ...parts.inputs.map((body) => bytes(11, body)),
    ...parts.outputs.map((body) => bytes(12, body)),
  ]
  const metadata = Object.entries(parts.metadata ?? {}).map(([key, value]) =>
    bytes(14, bytes(1, text(key)), bytes(2, text(value))),
  )
  const versions = [bytes(8, bytes(1, text('')), number(2, 18)), bytes(8, bytes(1, text('ai.onnx.ml')), number(2, 3))]
  return Buffer.concat([number(1, 8), bytes(7, ...graph), ...versions, ...metadata])
}

/** A model with a ZipMap, whose output is a sequence of maps from text to float. */
export function zipMapOutput(): Uint8Array {
  const labels = Buffer.concat([
    bytes(1, text('classlabels_strings')),
    bytes(9, text('a')),
    bytes(9, text('b')),
    number(20, 8),
  ])
  const map = bytes(5, number(1, 8), bytes(2, bytes(1, number(1, 1))))
  return model({
    nodes: [node('Identity', ['x'], ['copy']), node('ZipMap', ['x'], ['maps'], 'ai.onnx.ml', [labels])],
    inputs: [tensorType('x', 1, ['N', 2])],
    outputs: [
      tensorType('copy', 1, ['N', 2]),
      Buffer.concat([bytes(1, text('maps')), bytes(2, bytes(4, bytes(1, map)))]),
    ],
  })
}
