import { rowRule } from '../row-rule.ts'
import type { RuleFamily } from '../rule-family.ts'

/** `multipleOf`, up to the rounding of binary fractions: 0.3 is a multiple of 0.1. */
export const multipleOf: RuleFamily = {
  property({ options, column, option }) {
    const step = options.multipleOf
    if (step === undefined) return []
    return [
      rowRule({
        rule: 'multiple-of',
        columns: [column],
        location: option.at('multipleOf'),
        offending({ sql, whole }) {
          if (whole && Number.isInteger(step)) return `${sql} % ${step} <> 0`
          const quotient = `(CAST(${sql} AS DOUBLE) / ${step})`
          return `abs(${quotient} - round(${quotient})) > 1e-9 * greatest(1, abs(${quotient}))`
        },
        one: `is no multiple of ${step}`,
        many: `are no multiples of ${step}`,
      }),
    ]
  },
}
