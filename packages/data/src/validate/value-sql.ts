import { isoFormat } from '../contract/declared-type.ts'
import { quoteText } from '../sql/quote.ts'
import type { RuleColumn } from './rule.ts'
import type { PropertyPart } from './rule-family.ts'

const letters: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  uuuu: '%Y',
  yy: '%y',
  MMMM: '%B',
  MMM: '%b',
  MM: '%m',
  M: '%-m',
  dd: '%d',
  d: '%-d',
  HH: '%H',
  H: '%-H',
  hh: '%I',
  mm: '%M',
  ss: '%S',
  SSS: '%g',
  a: '%p',
  EEEE: '%A',
  EEE: '%a',
  XXX: '%z',
  Z: '%z',
}

/** A JDK DateTimeFormatter pattern as one of strptime, or null where it has letters that strptime lacks. */
export function strptimePattern(format: string): string | null {
  let pattern = ''
  for (const [token] of format.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/g)) {
    if (token.startsWith("'")) pattern += token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'")
    else if (/[A-Za-z]/.test(token)) {
      if (!letters[token]) return null
      pattern += letters[token]
    } else pattern += token === '%' ? '%%' : token
  }
  return pattern
}

/** SQL of a property's value in its logical type; missing where the text cannot be read as such. */
export function valueSql({ property, options }: PropertyPart, column: RuleColumn): string {
  const { logicalType } = property
  if (column.type !== 'string') return column.sql
  if (logicalType === 'time') return `TRY_CAST(${column.sql} AS TIME)`
  const dated = logicalType === 'date' || logicalType === 'timestamp'
  if (!dated || options.format === undefined || isoFormat(options.format)) return column.sql
  const pattern = strptimePattern(options.format)
  return pattern === null ? column.sql : `try_strptime(${column.sql}, ${quoteText(pattern)})`
}

/** A value's text as people and patterns see it. */
export const textOf = (column: RuleColumn): string =>
  column.type === 'string' ? column.sql : `CAST(${column.sql} AS VARCHAR)`
