import type { DuckDBDataChunk, DuckDBType } from '@duckdb/node-api'
import type { Column } from '@mlwright/domain'
import type { Natives } from '../natives/natives.ts'

type Bindings = Natives['@duckdb/node-bindings']
type Numbers = ArrayLike<number> | ArrayLike<bigint>

/** How DuckDB lays a type out, and how many of its units make one of the batch's. */
interface Layout {
  readonly type: 'number' | 'boolean' | 'date'
  readonly bytes: number
  readonly view: (data: ArrayBuffer) => Numbers
  readonly unit: number
}

const fixed = (
  type: Layout['type'],
  array: { new (data: ArrayBuffer): Numbers; BYTES_PER_ELEMENT: number },
  unit = 1,
): Layout => ({ type, bytes: array.BYTES_PER_ELEMENT, view: (data) => new array(data), unit })

const day = 86_400
/** Keys are DuckDB's type ids. */
const layouts: Readonly<Record<number, Layout>> = {
  1: fixed('boolean', Uint8Array),
  2: fixed('number', Int8Array),
  3: fixed('number', Int16Array),
  4: fixed('number', Int32Array),
  5: fixed('number', BigInt64Array),
  6: fixed('number', Uint8Array),
  7: fixed('number', Uint16Array),
  8: fixed('number', Uint32Array),
  9: fixed('number', BigUint64Array),
  10: fixed('number', Float32Array),
  11: fixed('number', Float64Array),
  12: fixed('date', BigInt64Array, day * 1e6),
  13: fixed('date', Int32Array),
  20: fixed('date', BigInt64Array, day),
  21: fixed('date', BigInt64Array, day * 1e3),
  22: fixed('date', BigInt64Array, day * 1e9),
  31: fixed('date', BigInt64Array, day * 1e6),
}
const double = 11
const hugeInteger = 16
const unsignedHugeInteger = 32
const decimal = 19

function numbers(values: Float64Array, valid: Uint8Array | null, at: (row: number) => number): Float64Array {
  for (let row = 0; row < values.length; row++)
    values[row] = valid === null || (valid[row >> 3]! >> (row & 7)) & 1 ? at(row) : Number.NaN
  return values
}

/** Doubles are taken as they are; whole bytes of valid rows are passed over. */
function withoutInvalid(values: Float64Array, valid: Uint8Array | null): Float64Array {
  if (valid === null) return values
  for (let byte = 0; byte * 8 < values.length; byte++) {
    if (valid[byte] === 255) continue
    const end = Math.min(values.length, byte * 8 + 8)
    for (let row = byte * 8; row < end; row++) if (!((valid[byte]! >> (row & 7)) & 1)) values[row] = Number.NaN
  }
  return values
}

/** Copies one column of a chunk; nothing of it refers to DuckDB's memory. */
export function readColumn(bindings: Bindings, chunk: DuckDBDataChunk, index: number, type: DuckDBType): Column {
  const rows = chunk.rowCount
  const layout = layouts[type.typeId]
  if (layout) {
    const vector = bindings.data_chunk_get_vector(chunk.chunk, index)
    const data = bindings.vector_get_data(vector, rows * layout.bytes)
    const copy = new Uint8Array(data).buffer
    const valid = bindings.vector_get_validity(vector, Math.ceil(rows / 64) * 8) as Uint8Array | null
    if (type.typeId === double) return { type: 'number', values: withoutInvalid(new Float64Array(copy), valid) }
    const items = layout.view(copy)
    const values = numbers(new Float64Array(rows), valid, (row) => Number(items[row]!) / layout.unit)
    return { type: layout.type, values }
  }
  const vector = chunk.getColumnVector(index)
  if (type.typeId === decimal) {
    const scaled = vector as unknown as { getScaledValue(row: number): number | bigint | null }
    const divisor = 10 ** (type as unknown as { scale: number }).scale
    const values = numbers(new Float64Array(rows), null, (row) => {
      const value = scaled.getScaledValue(row)
      return value === null ? Number.NaN : Number(value) / divisor
    })
    return { type: 'number', values }
  }
  if (type.typeId === hugeInteger || type.typeId === unsignedHugeInteger) {
    const values = numbers(new Float64Array(rows), null, (row) => Number(vector.getItem(row) ?? Number.NaN))
    return { type: 'number', values }
  }
  const positions = new Map<string, number>()
  const codes = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const item = vector.getItem(row)
    if (item === null) {
      codes[row] = -1
      continue
    }
    const text = typeof item === 'string' ? item : String(item)
    const code = positions.get(text) ?? positions.size
    positions.set(text, code)
    codes[row] = code
  }
  return { type: 'string', codes, dictionary: [...positions.keys()] }
}
