import { isoFormat } from '../../contract/declared-type.ts'
import { rowRule } from '../row-rule.ts'
import type { RuleColumn } from '../rule.ts'
import type { PropertyPart, RuleFamily } from '../rule-family.ts'
import { strptimePattern, valueSql } from '../value-sql.ts'
import { matchesSql } from './pattern.ts'

const octet = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'
const hex = '[0-9a-fA-F]{1,4}'
const label = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const ipv6 = [
  `(${hex}:){7}${hex}`,
  `(${hex}:){1,7}:`,
  ...[1, 2, 3, 4, 5, 6].map((left) => `(${hex}:){1,${left}}(:${hex}){1,${7 - left}}`),
  `:((:${hex}){1,7}|:)`,
  `(::([fF]{4}:)?|(${hex}:){6})(${octet}\\.){3}${octet}`,
]
const patterns: Readonly<Record<string, string>> = {
  email: `^[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${label}(\\.${label})*$`,
  uuid: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  uri: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+$',
  hostname: `^${label}(\\.${label})*$`,
  ipv4: `^(${octet}\\.){3}${octet}$`,
  ipv6: `^(${ipv6.join('|')})$`,
  byte: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
}

/** The range of an integer format such as `i8` or `u32`, as SQL text; 128 bits, which no column holds, as floats. */
export function integerRange(format: string): readonly [string, string] {
  const bits = BigInt(format.slice(1))
  const range = format.startsWith('u') ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
  const [low, high] = range.map((bound) => (bits > 64n && bound !== 0n ? Number(bound).toExponential() : String(bound)))
  return [low!, high!]
}

function offending(part: PropertyPart, format: string): ((column: RuleColumn) => string) | null {
  switch (part.property.logicalType) {
    case 'string':
      return format in patterns ? ({ sql }) => `NOT ${matchesSql(sql, patterns[format]!)}` : null
    case 'integer': {
      const [low, high] = integerRange(format)
      return ({ sql }) => `${sql} < ${low} OR ${sql} > ${high}`
    }
    case 'date':
    case 'timestamp':
      if (isoFormat(format) || strptimePattern(format) === null) return null
      return (column) => `${column.sql} IS NOT NULL AND ${valueSql(part, column)} IS NULL`
    default:
      return null
  }
}

/** `format`: e-mail and other addresses, sizes of integers, and how dates are written. Other words only describe. */
export const format: RuleFamily = {
  property(part) {
    const { options, column, option, note } = part
    if (options.format === undefined) return []
    const condition = offending(part, options.format)
    if (condition === null) {
      const known = ['password', 'binary', 'f32', 'f64'].includes(options.format) || isoFormat(options.format)
      if (!known) note(`The format ${options.format} of ${column} is not checked.`)
      return []
    }
    const said = `of the format ${options.format}`
    const location = option.at('format')
    return [
      rowRule({
        rule: 'format',
        columns: [column],
        location,
        offending: condition,
        one: `is not ${said}`,
        many: `are not ${said}`,
      }),
    ]
  },
}
