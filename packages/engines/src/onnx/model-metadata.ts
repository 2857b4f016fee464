const metadataProperties = 14
const decoder = new TextDecoder()

/** Walks the fields of a protobuf message: number, and for length-delimited ones the bytes. */
function* fields(message: Uint8Array): Generator<{ field: number; bytes: Uint8Array | null }> {
  let at = 0
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++]
      if (byte === undefined) throw new RangeError('truncated protobuf')
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const tag = varint()
    const field = Math.floor(tag / 8)
    const wire = tag % 8
    if (wire === 2) {
      const length = varint()
      yield { field, bytes: message.subarray(at, at + length) }
      at += length
    } else {
      if (wire === 0) varint()
      else at += wire === 1 ? 8 : 4
      yield { field, bytes: null }
    }
  }
}

/** The `metadata_props` of an ONNX ModelProto, which onnxruntime's JavaScript interface does not show. */
export function modelMetadata(model: Uint8Array): Map<string, string> {
  const metadata = new Map<string, string>()
  for (const { field, bytes } of fields(model)) {
    if (field !== metadataProperties || bytes === null) continue
    const entry = ['', '']
    for (const part of fields(bytes))
      if (part.bytes && (part.field === 1 || part.field === 2)) entry[part.field - 1] = decoder.decode(part.bytes)
    metadata.set(entry[0]!, entry[1]!)
  }
  return metadata
}
