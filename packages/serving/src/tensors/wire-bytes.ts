import { isAscii } from 'node:buffer'
import { fromHalf, type Tensor, toHalf } from '@mlwright/domain'
import { badRequest } from '../http/http-error.ts'
import type { ElementType } from './element-type.ts'
import type { Feed } from './feed.ts'

/** Arrays with the wire's own layout: every platform that Node runs on is little-endian, as the protocol is. */
const arrays = {
  float: Float32Array,
  double: Float64Array,
  float16: Uint16Array,
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigInt64Array,
} as const

const utf8 = new TextDecoder('utf-8', { fatal: true })

function readText(bytes: Buffer, count: number, what: string): string[] {
  const texts: string[] = []
  // Parts of one text cost a fraction of texts that are decoded one by one; only ASCII has a character per byte.
  const whole = isAscii(bytes) ? bytes.toString('latin1') : null
  let at = 0
  while (at < bytes.length && texts.length < count) {
    if (at + 4 > bytes.length) throw badRequest(`${what}: the bytes end inside the length of element ${texts.length}.`)
    const length = bytes.readUInt32LE(at)
    const end = at + 4 + length
    if (end > bytes.length) throw badRequest(`${what}: element ${texts.length} is longer than the bytes that are left.`)
    try {
      texts.push(whole?.slice(at + 4, end) ?? utf8.decode(bytes.subarray(at + 4, end)))
    } catch {
      throw badRequest(`${what}: element ${texts.length} is not UTF-8 text.`)
    }
    at = end
  }
  if (texts.length !== count || at !== bytes.length)
    throw badRequest(
      `${what}: its bytes hold ${at === bytes.length ? texts.length : `more than ${count}`} elements, and its shape asks for ${count}.`,
    )
  return texts
}

/** Reads a tensor of the binary extension. Throws HttpError 400 where its size is not what the shape asks for. */
export function readBytes(type: ElementType, bytes: Buffer, count: number, what: string): Feed['data'] {
  if (type.carrier === 'text') return readText(bytes, count, what)
  if (bytes.length !== count * type.bytes)
    throw badRequest(`${what}: it has ${bytes.length} bytes, and its shape asks for ${count * type.bytes}.`)
  const copy = Uint8Array.prototype.slice.call(bytes)
  const values = new arrays[type.onnx as keyof typeof arrays](copy.buffer, 0, count)
  if (type.onnx === 'float16') return Float64Array.from(values as Uint16Array, fromHalf)
  if (type.onnx === 'bool') return Uint8Array.from(values as Uint8Array, (value) => (value === 0 ? 0 : 1))
  return values
}

function writeText(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text))
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + size, 0))
  let at = 0
  for (const [i, text] of texts.entries()) {
    at = bytes.writeUInt32LE(sizes[i]!, at)
    at += bytes.write(text, at)
  }
  return bytes
}

/** Writes a tensor for the binary extension. */
export function writeBytes(type: ElementType, { data }: Tensor): Buffer {
  if (type.carrier === 'text') return writeText(data as readonly string[])
  const numbers = data as Float64Array
  const array = arrays[type.onnx as keyof typeof arrays] as typeof Float64Array
  const values =
    type.onnx === 'float16'
      ? Uint16Array.from(numbers, toHalf)
      : (data as unknown) instanceof array
        ? numbers
        : array.from(numbers)
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength)
}
