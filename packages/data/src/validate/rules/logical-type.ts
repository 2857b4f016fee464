import { rowRule } from '../row-rule.ts'
import type { RuleFamily } from '../rule-family.ts'

/** What a logical type says beyond how the data is read: integers have no fraction, dates no time, times are times. */
export const logicalType: RuleFamily = {
  property({ property, column, at, note }) {
    const rule = { rule: 'type', columns: [column], location: at('logicalType') }
    switch (property.logicalType) {
      case 'integer':
        return [
          rowRule({
            ...rule,
            offending: ({ sql, whole }) => (whole ? null : `${sql} <> trunc(${sql})`),
            one: 'is not a whole number',
            many: 'are not whole numbers',
          }),
        ]
      case 'date':
        return [
          rowRule({
            ...rule,
            offending: ({ sql, type }) => (type === 'date' ? `CAST(${sql} AS DATE) <> ${sql}` : null),
            one: 'has a time of day',
            many: 'have a time of day',
          }),
        ]
      case 'time':
        return [
          rowRule({
            ...rule,
            offending: ({ sql }) => `${sql} IS NOT NULL AND TRY_CAST(${sql} AS TIME) IS NULL`,
            one: 'is not a time of day',
            many: 'are not a time of day',
          }),
        ]
      case 'object':
      case 'array':
        note(`The inside of ${column} is not checked.`)
        return []
      default:
        return []
    }
  },
}
