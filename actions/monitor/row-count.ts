import type { Finding } from '@mlwright/domain'

/** Looks that say how many rows are usual, and fewer than which say nothing. */
const newest = 12
const fewest = 4
/** How often as many, or as few, are out of the usual. */
const factor = 2

/** A warning where a table has far more or fewer rows than the looks before. */
export function rowCountFindings(name: string, rows: number, before: readonly number[]): Finding[] {
  const usual = before.slice(-newest)
  const [least, most] = [Math.min(...usual), Math.max(...usual)]
  if (rows === 0 || usual.length < fewest || (rows * factor >= least && rows <= most * factor)) return []
  const count = (value: number) => value.toLocaleString('en')
  const had = least === most ? `${count(least)} each` : `${count(least)} to ${count(most)}`
  const message = `${name} has ${count(rows)} ${rows === 1 ? 'row' : 'rows'}; the ${usual.length} looks before had ${had}.`
  const facts = { column: null, location: null, count: rows, share: null, examples: [] }
  return [{ rule: 'row-count', level: 'warn', message, ...facts }]
}
