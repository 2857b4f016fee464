import { type Batch, byUtf8, type Column, type Engine } from '@mlwright/domain'
import type { OpenDataset } from './open/open-dataset.ts'
import { quoteName } from './sql/quote.ts'

/** A column that grows batch by batch; its dictionary is the whole table's. */
class ColumnBuilder {
  private values: Float64Array | null = null
  private codes: Int32Array | null = null
  private type: Column['type'] = 'string'
  private readonly positions = new Map<string, number>()
  private readonly rows: number

  constructor(rows: number) {
    this.rows = rows
  }

  add(column: Column, at: number): void {
    this.type = column.type
    if (column.type !== 'string') {
      this.values ??= new Float64Array(this.rows)
      this.values.set(column.values, at)
      return
    }
    this.codes ??= new Int32Array(this.rows)
    const shared = column.dictionary.map((text) => {
      const known = this.positions.get(text)
      if (known !== undefined) return known
      this.positions.set(text, this.positions.size)
      return this.positions.size - 1
    })
    for (let row = 0; row < column.codes.length; row++)
      this.codes[at + row] = column.codes[row]! < 0 ? -1 : shared[column.codes[row]!]!
  }

  finish(type: Column['type']): Column {
    if (this.values !== null) return { type: this.type as 'number', values: this.values }
    if (this.codes === null && type !== 'string') return { type, values: new Float64Array(0) }
    const codes = this.codes ?? new Int32Array(0)
    const found = [...this.positions.keys()]
    const dictionary = [...found].sort(byUtf8)
    const place = new Map(dictionary.map((text, index) => [text, index]))
    const sorted = found.map((text) => place.get(text)!)
    return { type: 'string', codes: codes.map((code) => (code < 0 ? -1 : sorted[code]!)), dictionary }
  }
}

/** Reads whole columns in file order as one batch; dictionaries are sorted by UTF-8 bytes. */
export async function readTable(engine: Engine, opened: OpenDataset, columns: readonly string[]): Promise<Batch> {
  const { rows } = opened.dataset
  const types = new Map(opened.dataset.columns.map(({ name, type }) => [name, type]))
  const builders = new Map(columns.map((name) => [name, new ColumnBuilder(rows)]))
  let at = 0
  if (columns.length > 0 && rows > 0)
    for await (const batch of engine.query(`SELECT ${columns.map(quoteName).join(', ')} FROM ${opened.from}`)) {
      for (const [name, column] of batch.columns) builders.get(name)!.add(column, at)
      at += batch.rows
    }
  return { rows, columns: new Map([...builders].map(([name, b]) => [name, b.finish(types.get(name) ?? 'string')])) }
}
