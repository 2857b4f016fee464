import { createHash } from 'node:crypto'
import { byUtf8, type Column, type Engine } from '@mlwright/domain'
import type { OpenDataset } from './open/open-dataset.ts'
import { quoteName } from './sql/quote.ts'

function cellText(column: Column, row: number): string {
  if (column.type !== 'string') {
    const value = column.values[row]!
    return Number.isNaN(value) ? '-' : `=${value}`
  }
  const code = column.codes[row]!
  return code < 0 ? '-' : `=${column.dictionary[code]}`
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
  const occurrences = new Map<string, number>()
  for await (const batch of engine.query(`SELECT ${select.join(', ')} FROM ${opened.from}`)) {
    const values = [...batch.columns.values()]
    for (let row = 0; row < batch.rows; row++) {
      const content = JSON.stringify(values.map((column, index) => [columns[index], cellText(column, row)]))
      const digest = createHash('sha256').update(content).digest('hex').slice(0, 32)
      const occurrence = occurrences.get(digest) ?? 0
      occurrences.set(digest, occurrence + 1)
      keys.push(
        occurrence === 0 ? digest : createHash('sha256').update(`${digest}#${occurrence}`).digest('hex').slice(0, 32),
      )
    }
  }
  return keys
}

/** Keys that tell nothing without the salt: SHA-256 of salt and key, 128 bits as 32 hex digits. */
export function saltedKeys(keys: readonly string[], salt: string): string[] {
  return keys.map((key) => createHash('sha256').update(`${salt}\n${key}`).digest('hex').slice(0, 32))
}
