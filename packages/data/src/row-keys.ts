import { createHash } from 'node:crypto'
import { byUtf8, type Engine } from '@mlwright/domain'
import type { OpenDataset } from './open/open-dataset.ts'
import { RowBytes, rowWriter } from './row-bytes.ts'
import { quoteName } from './sql/quote.ts'

const digest = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 32)
}

/**
 * One key per row in file order, 32 hex digits: SHA-256 over the values of the key columns, else of all columns in the
 * order of their names, and the occurrence number of equal ones. Neither the file format nor the order of rows or
 * columns enters it, as long as the values and their types are the same.
 */
export async function rowKeys(engine: Engine, opened: OpenDataset, key: readonly string[]): Promise<string[]> {
  const names = opened.dataset.columns.map((column) => column.name)
  const known = key.length > 0 && key.every((name) => names.includes(name))
  const columns = known ? key : [...names].sort(byUtf8)
  const keys: string[] = []
  if (columns.length === 0 || opened.dataset.rows === 0) return keys
  // Integers travel as text, since a float64 would merge those above 2^53.
  const select = columns.map((name, index) => {
    const column = quoteName(name)
    return `${opened.integers.has(name) ? `CAST(${column} AS VARCHAR)` : column} AS k${index}`
  })
  const head = JSON.stringify(columns)
  const content = new RowBytes()
  const occurrences = new Map<string, number>()
  for await (const batch of engine.query(`SELECT ${select.join(', ')} FROM ${opened.from}`)) {
    const writers = [...batch.columns.values()].map((column, index) =>
      rowWriter(column, opened.integers.has(columns[index]!), content),
    )
    for (let row = 0; row < batch.rows; row++) {
      content.start()
      for (const write of writers) write(row)
      const first = digest(head, content.bytes())
      const occurrence = occurrences.get(first) ?? 0
      occurrences.set(first, occurrence + 1)
      keys.push(occurrence === 0 ? first : digest(`${first}#${occurrence}`))
    }
  }
  return keys
}

/** Keys that tell nothing without the salt: SHA-256 of salt and key, 128 bits as 32 hex digits. */
export function saltedKeys(keys: readonly string[], salt: string): string[] {
  return keys.map((key) => digest(`${salt}\n${key}`))
}
