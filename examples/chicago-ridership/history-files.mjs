import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawHistory } from './draw-history.mjs'

const tables = ['months', 'retrainings']
const cellText = (value) => (Array.isArray(value) ? value.join(' ') : String(value))

/** A history as files: a table of its months, one of its retrainings, and the picture. */
export function historyFiles(history) {
  const table = (rows) => [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(cellText))]
  const texts = tables.map((name) => [`${name}.csv`, `${table(history[name]).join('\n')}\n`])
  return new Map([...texts, ['history.svg', drawHistory(history)]])
}

export function writeHistory(folder, history) {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of historyFiles(history)) writeFileSync(join(folder, name), text)
}

/** The history that was written into a folder. */
export function readHistory(folder) {
  const read = (name) => {
    const [head, ...rows] = readFileSync(join(folder, `${name}.csv`), 'utf8')
      .trim()
      .split('\n')
    const names = head.split(',')
    const value = (column, text) =>
      column === 'drifted' ? text.split(' ').filter(Boolean) : /^-?[\d.]+$/.test(text) ? Number(text) : text
    return rows.map((row) => Object.fromEntries(row.split(',').map((text, at) => [names[at], value(names[at], text)])))
  }
  return Object.fromEntries(tables.map((name) => [name, read(name)]))
}
