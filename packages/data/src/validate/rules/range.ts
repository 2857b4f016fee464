import { quoteText } from '../../sql/quote.ts'
import { rowRule } from '../row-rule.ts'
import type { Rule } from '../rule.ts'
import type { PropertyPart, RuleFamily } from '../rule-family.ts'
import { valueSql } from '../value-sql.ts'

const bounds = [
  ['minimum', '<', 'below'],
  ['exclusiveMinimum', '<=', 'not above'],
  ['maximum', '>', 'above'],
  ['exclusiveMaximum', '>=', 'not below'],
] as const

const sqlTypes: Readonly<Record<string, { type: string; pattern: RegExp; example: string }>> = {
  date: { type: 'TIMESTAMP', pattern: /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/, example: '2024-12-31' },
  timestamp: {
    type: 'TIMESTAMP',
    pattern: /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/,
    example: '2024-12-31T12:00:00Z',
  },
  time: { type: 'TIME', pattern: /^\d\d:\d\d(:\d\d(\.\d+)?)?$/, example: '18:30:00' },
}

function literal(part: PropertyPart, key: string, limit: number | string): string | null {
  if (typeof limit === 'number') return `${limit}`
  const known = sqlTypes[part.property.logicalType ?? '']
  if (known?.pattern.test(limit) && (known.type === 'TIME' || !Number.isNaN(Date.parse(limit))))
    return `${known.type} ${quoteText(limit)}`
  part.option.problem(key, `${key} is ${JSON.stringify(limit)}; write it like ${known?.example ?? '2024-12-31'}.`)
  return null
}

/** `minimum`, `maximum` and their exclusive forms, of numbers, dates and times. */
export const range: RuleFamily = {
  property(part) {
    return bounds.flatMap(([key, operator, said]): Rule[] => {
      const limit = part.options[key]
      if (limit === undefined) return []
      const value = literal(part, key, limit)
      if (value === null) return []
      return [
        rowRule({
          rule: key.toLowerCase().endsWith('minimum') ? 'minimum' : 'maximum',
          columns: [part.column],
          location: part.option.at(key),
          offending: (column) => `${valueSql(part, column)} ${operator} ${value}`,
          one: `is ${said} ${limit}`,
          many: `are ${said} ${limit}`,
        }),
      ]
    })
  },
}
