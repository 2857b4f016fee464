import type { Location } from '@mlwright/domain'
import { rowRule } from '../row-rule.ts'
import type { Rule } from '../rule.ts'
import type { RuleFamily } from '../rule-family.ts'
import { rowsHave } from '../words.ts'

function uniqueRule(rule: string, columns: readonly string[], location: Location): Rule {
  return {
    rule,
    level: 'fail',
    columns,
    location,
    test: (found) => ({
      kind: 'duplicates',
      key: found.map((column) => column.sql),
      judge({ repeats }, rows) {
        if (repeats === 0) return null
        const what = columns.length === 1 ? 'a value' : 'a key'
        const said = rowsHave(repeats, rows, `repeats ${what} of an earlier row`, `repeat ${what} of an earlier row`)
        return { message: `${columns.join(', ')}: ${said}.`, count: repeats }
      },
    }),
  }
}

/** `unique: true`, where missing values do not count as equal; and the primary key, which also has to be complete. */
export const unique: RuleFamily = {
  property({ property, column, at }) {
    return property.unique ? [uniqueRule('unique', [column], at('unique'))] : []
  },
  key({ columns }) {
    const complete = columns.map(({ name, location }) =>
      rowRule({
        rule: 'primary-key',
        columns: [name],
        location,
        offending: ({ sql }) => `${sql} IS NULL`,
        one: 'has no value in the primary key',
        many: 'have no value in the primary key',
      }),
    )
    const names = columns.map(({ name }) => name)
    return columns[0] ? [...complete, uniqueRule('primary-key', names, columns[0].location)] : []
  },
}
