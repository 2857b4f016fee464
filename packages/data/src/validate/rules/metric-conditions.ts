import { nearest } from '@mlwright/domain'
import type { RuleColumn } from '../rule.ts'
import { textOf } from '../value-sql.ts'
import { isOneOf } from './allowed-values.ts'
import { matchesSql, patternProblem } from './pattern.ts'

type Arguments = Readonly<Record<string, unknown>>

const isList = (value: unknown) => Array.isArray(value) && value.length > 0
const isNumber = (value: unknown) => typeof value === 'number'
const kinds: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  missingValues: [isList, 'a list of values that count as missing'],
  validValues: [isList, 'a list of values'],
  properties: [isList, 'a list of properties'],
  pattern: [(value) => typeof value === 'string', 'a regular expression'],
  minLength: [isNumber, 'a number'],
  maxLength: [isNumber, 'a number'],
  minimum: [isNumber, 'a number'],
  maximum: [isNumber, 'a number'],
}
const known: Readonly<Record<string, readonly string[]>> = {
  nullValues: [],
  missingValues: ['missingValues'],
  invalidValues: ['validValues', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'missingValues'],
  duplicateValues: ['properties'],
  rowCount: [],
}

/** What is wrong with a metric's arguments, a sentence each. */
export function argumentProblems(metric: string, given: Arguments): string[] {
  const names = known[metric]!
  const problems = Object.entries(given).flatMap(([key, value]): string[] => {
    if (!names.includes(key)) {
      const near = nearest(key, names)
      const hint = near ? `did you mean \`${near}\`?` : `it takes ${names.join(', ') || 'none'}.`
      return [`${metric} has no argument \`${key}\`; ${hint}`]
    }
    const [fits, what] = kinds[key]!
    if (!fits(value)) return [`arguments.${key} has to be ${what}.`]
    const problem = key === 'pattern' ? patternProblem(value as string) : null
    return problem === null ? [] : [`arguments.pattern ${problem}`]
  })
  const rules = Object.keys(given).filter((key) => key !== 'missingValues')
  if (metric === 'invalidValues' && rules.length === 0)
    problems.push('invalidValues needs arguments that say what is valid: `validValues`, `pattern` or bounds.')
  return problems
}

/** SQL: a missing value. Without a list it is NULL; `null` and `''` in a list both mean NULL, since data is read so. */
export function missingSql(column: RuleColumn, given: Arguments | undefined): string {
  const values = given?.missingValues as unknown[] | undefined
  if (values === undefined) return `${column.sql} IS NULL`
  const none = values.some((value) => value === null || value === '')
  const words = values.filter((value) => value !== null && value !== '')
  const parts = [...(none ? [`${column.sql} IS NULL`] : []), ...(words.length > 0 ? [isOneOf(column, words)] : [])]
  return parts.join(' OR ')
}

/** SQL: a value that is present and breaks any of the arguments. */
export function invalidSql(column: RuleColumn, given: Arguments): string {
  const text = textOf(column)
  const number = column.type === 'number' ? column.sql : `TRY_CAST(${text} AS DOUBLE)`
  const { validValues, pattern, minLength, maxLength, minimum, maximum } = given
  const broken = [
    ...(validValues === undefined ? [] : [`NOT ${isOneOf(column, validValues as unknown[])}`]),
    ...(pattern === undefined ? [] : [`NOT ${matchesSql(text, pattern as string)}`]),
    ...(minLength === undefined ? [] : [`length(${text}) < ${minLength}`]),
    ...(maxLength === undefined ? [] : [`length(${text}) > ${maxLength}`]),
    ...(minimum === undefined ? [] : [`${number} < ${minimum} OR ${number} IS NULL`]),
    ...(maximum === undefined ? [] : [`${number} > ${maximum} OR ${number} IS NULL`]),
  ].map((part) => `(${part})`)
  const missing = given.missingValues === undefined ? [] : [`NOT coalesce(${missingSql(column, given)}, false)`]
  return [`${column.sql} IS NOT NULL`, `(${broken.join(' OR ')})`, ...missing].join(' AND ')
}
