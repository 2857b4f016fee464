import { thresholdOf } from '../../contract/threshold.ts'
import { quoteName } from '../../sql/quote.ts'
import type { RuleFamily } from '../rule-family.ts'
import { shown } from '../words.ts'

/** `type: sql`: the first value of one SELECT, run in the cage; `{object}` and `{property}`, also as `${table}` and `${column}`. */
export const sqlQuery: RuleFamily = {
  quality(part) {
    if (!('query' in part.quality)) return null
    const { quality, column, object } = part
    if (column === null && /\{property\}|\$\{(column|property)\}/.test(quality.query)) {
      part.problem('query', 'the query names {property}, but the rule belongs to the whole object; move it to one.')
      return []
    }
    const query = quality.query
      .replace(/\$?\{(object|table|schema|model)\}/g, () => quoteName(object))
      .replace(/\$?\{(property|column)\}/g, () => quoteName(column ?? ''))
      .replace(/;\s*$/, '')
    const threshold = thresholdOf(quality)
    const percent = quality.unit === 'percent'
    return [
      {
        rule: 'sql',
        level: part.level,
        columns: column === null ? [] : [column],
        location: part.at('query'),
        test: () => ({
          kind: 'query',
          query,
          judge(answer, rows) {
            const value = percent && typeof answer === 'number' ? (rows === 0 ? 0 : (100 * answer) / rows) : answer
            const verdict = threshold.judge(value)
            if (verdict === 'holds') return null
            const unit = percent ? ' %' : ''
            const said =
              value === null ? 'nothing' : typeof value === 'number' ? `${shown(value)}${unit}` : 'another value'
            const name = quality.name ?? quality.description ?? 'The query'
            if (verdict === 'broken')
              return { message: `${name}: it answers ${said}, but must be ${threshold.text}${unit}.` }
            return {
              message: `${name}: it answers ${said}, a bound of ${threshold.text}; the standard's text leaves bounds out.`,
              level: 'warn',
            }
          },
        }),
      },
    ]
  },
}
