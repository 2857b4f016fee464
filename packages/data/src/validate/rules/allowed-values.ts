import { quoteText } from '../../sql/quote.ts'
import { rowRule } from '../row-rule.ts'
import type { RuleColumn } from '../rule.ts'
import type { RuleFamily } from '../rule-family.ts'
import { textOf } from '../value-sql.ts'

/** SQL: whether a value is one of a list; numbers compare as numbers where the column holds them. */
export function isOneOf(column: RuleColumn, values: readonly unknown[]): string {
  const numeric = column.type === 'number' && values.every((value) => Number.isFinite(Number(value)) && value !== '')
  if (numeric) return `${column.sql} IN (${values.map(Number).join(', ')})`
  return `list_contains([${values.map((value) => quoteText(String(value))).join(', ')}], ${textOf(column)})`
}

const listed = (values: readonly unknown[]) =>
  values.length <= 6 ? values.join(', ') : `${values.slice(0, 5).join(', ')} and ${values.length - 5} more`

/** `enum`: the values that may occur. */
export const allowedValues: RuleFamily = {
  property({ options, column, option }) {
    const values = options.enum
    if (values === undefined) return []
    return [
      rowRule({
        rule: 'allowed-values',
        columns: [column],
        location: option.at('enum'),
        offending: (found) => `NOT ${isOneOf(found, values)}`,
        one: `is none of ${listed(values)}`,
        many: `are none of ${listed(values)}`,
      }),
    ]
  },
}
