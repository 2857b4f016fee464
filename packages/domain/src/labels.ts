import type { Column } from './batch.ts'

/** How a value of the target column is written as a class name. */
function classText(column: Column, row: number): string | null {
  if (column.type === 'string') return column.codes[row]! < 0 ? null : column.dictionary[column.codes[row]!]!
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  return column.type === 'boolean' ? String(value === 1) : String(value)
}

/** Orders text by its UTF-8 bytes, the same on every machine. */
export function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** The classes of a target column, sorted by UTF-8 bytes, the positive one last where it is given. */
export function classesOf(column: Column, positive?: string): string[] {
  const found = new Set<string>()
  const rows = column.type === 'string' ? column.codes.length : column.values.length
  for (let row = 0; row < rows; row++) {
    const text = classText(column, row)
    if (text !== null) found.add(text)
  }
  const classes = [...found].sort(byUtf8)
  if (positive === undefined || !found.has(positive)) return classes
  return [...classes.filter((name) => name !== positive), positive]
}

/** The position of each row's class in `classes`; -1 where the target is missing or none of them. */
export function classCodes(column: Column, classes: readonly string[]): Int32Array {
  const position = new Map(classes.map((name, index) => [name, index]))
  const rows = column.type === 'string' ? column.codes.length : column.values.length
  return Int32Array.from({ length: rows }, (_, row) => position.get(classText(column, row) ?? '') ?? -1)
}
