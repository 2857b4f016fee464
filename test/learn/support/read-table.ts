import { readFileSync } from 'node:fs'
import type { Batch, Column, ColumnType } from '@mlwright/domain'

function cells(line: string): string[] {
  return line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1'))
}

function column(values: string[]): Column {
  const known = values.filter((value) => value !== '' && value !== 'NA')
  const all = (test: RegExp) => known.every((value) => test.test(value))
  const parse = (type: 'number' | 'date', read: (text: string) => number): Column => ({
    type,
    values: Float64Array.from(values, (value) => (value === '' || value === 'NA' ? Number.NaN : read(value))),
  })
  if (all(/^-?[\d.]+(e-?\d+)?$/)) return parse('number', Number)
  if (all(/^\d{4}-\d\d-\d\d$/)) return parse('date', (text) => Date.parse(text) / 86_400_000)
  const dictionary = [...new Set(values)]
  const position = new Map(dictionary.map((text, index) => [text, index]))
  return { type: 'string', codes: Int32Array.from(values, (value) => position.get(value)!), dictionary }
}

/** Reads a CSV whose cells hold no commas. */
export function readTable(path: string | URL): Batch {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  const rows = lines.map(cells)
  const columns = cells(header!).map((name, index) => [name, column(rows.map((row) => row[index]!))] as const)
  return { rows: rows.length, columns: new Map(columns) }
}

/** The features of a table: every column but the target. */
export function featuresOf(table: Batch, target: string): { name: string; type: ColumnType }[] {
  return [...table.columns].filter(([name]) => name !== target).map(([name, { type }]) => ({ name, type }))
}
