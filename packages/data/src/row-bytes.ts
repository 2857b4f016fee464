import type { Column } from '@mlwright/domain'

const missing = 0
const number = 1
const text = 2

/** A buffer that grows with the longest row. */
export class RowBytes {
  private buffer = Buffer.alloc(1024)
  private length = 0

  start(): void {
    this.length = 0
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }

  missing(): void {
    this.reserve(1)[this.length++] = missing
  }

  number(value: number): void {
    const buffer = this.reserve(9)
    buffer[this.length] = number
    buffer.writeDoubleLE(value + 0, this.length + 1)
    this.length += 9
  }

  text(bytes: Uint8Array): void {
    const buffer = this.reserve(5 + bytes.length)
    buffer[this.length] = text
    buffer.writeUInt32LE(bytes.length, this.length + 1)
    buffer.set(bytes, this.length + 5)
    this.length += 5 + bytes.length
  }

  private reserve(bytes: number): Buffer {
    if (this.length + bytes > this.buffer.length) this.buffer = Buffer.concat([this.buffer], 2 * (this.length + bytes))
    return this.buffer
  }
}

/** Writes a column's value of a row so that no two values look alike. Integers that arrive as text are numbers again where float64 holds them. */
export function rowWriter(column: Column, integers: boolean, into: RowBytes): (row: number) => void {
  if (column.type !== 'string') {
    const { values } = column
    return (row) => (Number.isNaN(values[row]!) ? into.missing() : into.number(values[row]!))
  }
  const { codes, dictionary } = column
  const texts = dictionary.map((entry) => Buffer.from(entry))
  const numbers = integers ? dictionary.map(Number) : []
  return (row) => {
    const code = codes[row]!
    if (code < 0) into.missing()
    else if (integers && Number.isSafeInteger(numbers[code])) into.number(numbers[code]!)
    else into.text(texts[code]!)
  }
}
