import { quoteText } from '../../sql/quote.ts'
import { rowRule } from '../row-rule.ts'
import type { RuleFamily } from '../rule-family.ts'
import { textOf } from '../value-sql.ts'

/** Why a regular expression cannot be used: it is none, or has what a linear-time matcher lacks. */
export function patternProblem(pattern: string): string | null {
  try {
    new RegExp(pattern)
  } catch (error) {
    return `is no regular expression: ${(error as Error).message.replace(/^.*: /, '')}.`
  }
  const plain = pattern.replace(/\\\\/g, '').replace(/\[(\\.|[^\]\\])*\]/g, '[]')
  if (/\(\?<?[=!]/.test(plain)) return 'uses look-ahead or look-behind, which the engine lacks; write it without.'
  if (/\\[1-9]|\\k</.test(plain)) return 'refers back to a group, which the engine cannot; write it without.'
  return null
}

/**
 * SQL: whether a text holds a match of a pattern; as in JSON Schema, `^` and `$` anchor it. Within a lambda DuckDB matches
 * each entry of a dictionary once, not each row, which it does not do for `regexp_matches` itself.
 */
export function matchesSql(text: string, pattern: string): string {
  const escaped = pattern.replace(/\\u\{?([0-9a-fA-F]{1,6})\}?/g, '\\x{$1}').replaceAll('(?<', '(?P<')
  return `list_transform([${text}], lambda value: regexp_matches(value, ${quoteText(escaped)}))[1]`
}

/** `pattern`: an ECMA-262 regular expression that matches somewhere in the value. */
export const pattern: RuleFamily = {
  property({ options, column, option }) {
    if (options.pattern === undefined) return []
    const problem = patternProblem(options.pattern)
    if (problem !== null) {
      option.problem('pattern', `pattern ${problem}`)
      return []
    }
    const text = options.pattern
    return [
      rowRule({
        rule: 'pattern',
        columns: [column],
        location: option.at('pattern'),
        offending: (found) => `NOT ${matchesSql(textOf(found), text)}`,
        one: `does not match ${text}`,
        many: `do not match ${text}`,
      }),
    ]
  },
}
