import { nearest } from '@mlwright/domain'
import type { Breach, RuleColumn, Test } from '../rule.ts'
import type { RuleFamily } from '../rule-family.ts'
import { shown } from '../words.ts'

const aggregates: Readonly<Record<string, (sql: string) => string>> = {
  mean: (sql) => `avg(${sql})`,
  standard_deviation: (sql) => `stddev_samp(${sql})`,
  sum: (sql) => `sum(${sql})`,
  minimum: (sql) => `min(${sql})`,
  maximum: (sql) => `max(${sql})`,
  distinct: (sql) => `count(DISTINCT ${sql})`,
}
const checks = [...Object.keys(aggregates), 'median', 'quantile']
const keys = ['check', 'min', 'max', 'quantile']

interface Statistic {
  readonly check: string
  readonly min: number | undefined
  readonly max: number | undefined
  readonly quantile: number
}

function problemsOf(given: Readonly<Record<string, unknown>>): string[] {
  const problems = Object.keys(given)
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const near = nearest(key, keys)
      return `unknown key \`${key}\` in implementation; ${near ? `did you mean \`${near}\`?` : `known keys: ${keys.join(', ')}.`}`
    })
  if (typeof given.check !== 'string' || !checks.includes(given.check)) {
    const near = typeof given.check === 'string' ? nearest(given.check, checks) : null
    problems.push(
      `implementation.check is ${JSON.stringify(given.check)}; ${near ? `did you mean ${near}?` : `it can be ${checks.join(', ')}.`}`,
    )
  }
  for (const key of ['min', 'max', 'quantile'])
    if (given[key] !== undefined && typeof given[key] !== 'number')
      problems.push(`implementation.${key} has to be a number.`)
  if (given.min === undefined && given.max === undefined) problems.push('implementation needs `min` or `max`.')
  const { quantile } = given
  if (given.check === 'quantile' && !(typeof quantile === 'number' && quantile >= 0 && quantile <= 1))
    problems.push('implementation.quantile has to be from 0 to 1, such as 0.95.')
  return problems
}

function testOf({ check, min, max, quantile }: Statistic, column: RuleColumn): Test {
  const name = check === 'quantile' ? `quantile ${quantile}` : check.replaceAll('_', ' ')
  if (column.type !== 'number' && check !== 'distinct')
    return { kind: 'impossible', message: `${column.name} is no number, so it has no ${name}.` }
  const bounds = [min !== undefined && `at least ${min}`, max !== undefined && `at most ${max}`]
  const wanted = bounds.filter(Boolean).join(' and ')
  const judge = (value: number | null): Breach | null => {
    if (value === null)
      return { message: `${column.name}: there are too few values for its ${name}, which must be ${wanted}.` }
    if (value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY)) return null
    return { message: `${column.name}: the ${name} is ${shown(value)}, but must be ${wanted}.` }
  }
  const share = check === 'median' ? 0.5 : check === 'quantile' ? quantile : null
  if (share !== null) return { kind: 'quantile', column: column.sql, share, judge }
  return { kind: 'scalar', aggregate: aggregates[check]!(column.sql), judge }
}

/** `type: custom, engine: mlwright`: a statistic of a column between `min` and `max`. */
export const statistic: RuleFamily = {
  quality(part) {
    if (!('engine' in part.quality)) return null
    const { engine, implementation } = part.quality
    if (engine !== 'mlwright') {
      part.note(`A rule for the engine ${engine} is not checked.`)
      return []
    }
    const problems =
      typeof implementation === 'string'
        ? ['implementation has to be a mapping, such as { check: mean, min: 0, max: 1 }.']
        : problemsOf(implementation)
    if (part.column === null) problems.push('a statistic is about a property; move the rule to one.')
    for (const message of problems) part.problem('implementation', message)
    if (problems.length > 0 || part.column === null) return []
    const given = implementation as unknown as Statistic
    return [
      {
        rule: given.check.replaceAll('_', '-'),
        level: part.level,
        columns: [part.column],
        location: part.at('implementation'),
        test: ([column]) => testOf(given, column!),
      },
    ]
  },
}
