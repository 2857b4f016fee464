import { type Batch, byUtf8, type Column, type Engine } from '@mlwright/domain'

/** A column that grows batch by batch; its dictionary is the whole answer's. */
class ColumnBuilder {
  private readonly rows: number
  private readonly positions = new Map<string, number>()
  private column:
    | { type: 'number' | 'boolean' | 'date'; values: Float64Array }
    | { type: 'string'; codes: Int32Array }
    | null = null

  constructor(rows: number) {
    this.rows = rows
  }

  add(part: Column, at: number): void {
    if (part.type !== 'string') {
      this.column ??= { type: part.type, values: new Float64Array(this.rows) }
      if (this.column.type !== 'string') this.column.values.set(part.values, at)
      return
    }
    this.column ??= { type: 'string', codes: new Int32Array(this.rows) }
    if (this.column.type !== 'string') return
    const shared = part.dictionary.map((text) => {
      const code = this.positions.get(text) ?? this.positions.size
      this.positions.set(text, code)
      return code
    })
    for (let row = 0; row < part.codes.length; row++) {
      const code = part.codes[row]!
      this.column.codes[at + row] = code < 0 ? -1 : shared[code]!
    }
  }

  finish(): Column | null {
    if (this.column === null || this.column.type !== 'string') return this.column
    const found = [...this.positions.keys()]
    const dictionary = [...found].sort(byUtf8)
    const place = new Map(dictionary.map((text, index) => [text, index]))
    const codes = this.column.codes.map((code) => (code < 0 ? -1 : place.get(found[code]!)!))
    return { type: 'string', codes, dictionary }
  }
}

/** The whole answer of a query of `rows` rows as one batch; dictionaries are sorted by UTF-8 bytes. */
export async function readQuery(engine: Engine, sql: string, rows: number): Promise<Batch> {
  const builders = new Map<string, ColumnBuilder>()
  let at = 0
  for await (const batch of engine.query(sql)) {
    for (const [name, column] of batch.columns) {
      const builder = builders.get(name) ?? new ColumnBuilder(rows)
      builders.set(name, builder)
      builder.add(column, at)
    }
    at += batch.rows
  }
  return { rows: at, columns: new Map([...builders].map(([name, builder]) => [name, builder.finish()!])) }
}
