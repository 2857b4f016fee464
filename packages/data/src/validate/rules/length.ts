import { rowRule } from '../row-rule.ts'
import type { Rule } from '../rule.ts'
import type { RuleFamily } from '../rule-family.ts'
import { textOf } from '../value-sql.ts'

const limits = [
  ['minLength', 'min-length', '<', 'shorter'],
  ['maxLength', 'max-length', '>', 'longer'],
] as const

/** `minLength` and `maxLength`, counted in Unicode code points. */
export const length: RuleFamily = {
  property({ options, column, option }) {
    return limits.flatMap(([key, rule, operator, said]): Rule[] => {
      const limit = options[key]
      if (limit === undefined) return []
      const text = `than ${limit} ${limit === 1 ? 'character' : 'characters'}`
      return [
        rowRule({
          rule,
          columns: [column],
          location: option.at(key),
          offending: (found) => `length(${textOf(found)}) ${operator} ${limit}`,
          one: `is ${said} ${text}`,
          many: `are ${said} ${text}`,
        }),
      ]
    })
  },
}
