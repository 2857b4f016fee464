import { rowRule } from '../row-rule.ts'
import type { RuleFamily } from '../rule-family.ts'

/** `required: true`: no row lacks a value. */
export const required: RuleFamily = {
  property({ property, column, at }) {
    if (!property.required) return []
    return [
      rowRule({
        rule: 'not-null',
        columns: [column],
        location: at('required'),
        offending: ({ sql }) => `${sql} IS NULL`,
        one: 'has no value',
        many: 'have no value',
      }),
    ]
  },
}
