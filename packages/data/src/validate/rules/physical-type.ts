import { rowRule } from '../row-rule.ts'
import type { RuleColumn } from '../rule.ts'
import type { RuleFamily } from '../rule-family.ts'
import { textOf } from '../value-sql.ts'
import { integerRange } from './format.ts'

const integers: readonly [RegExp, string][] = [
  [/^(tinyint|int1|byteint)$/i, 'i8'],
  [/^(smallint|int2|short)$/i, 'i16'],
  [/^(int|integer|int4|mediumint)$/i, 'i32'],
  [/^(bigint|int8|long)$/i, 'i64'],
  [/^(utinyint|uint1)$/i, 'u8'],
  [/^(usmallint|uint2)$/i, 'u16'],
  [/^(uinteger|uint4)$/i, 'u32'],
  [/^(ubigint|uint8)$/i, 'u64'],
]

/** The condition of a value that a physical type cannot hold; null where the type sets no limit that we know. */
function unfit(type: string): ((column: RuleColumn) => string | null) | null {
  const text = /^(?:n?(?:var)?char2?|character(?: varying)?|string)\s*\(\s*(\d+)\s*\)$/i.exec(type)
  if (text) return (column) => `length(${textOf(column)}) > ${text[1]}`
  const decimal = /^(?:decimal|numeric|number|dec)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$/i.exec(type)
  if (decimal) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2] ?? 0)]
    return ({ sql, type: found }) =>
      found === 'number'
        ? `abs(${sql}) >= 1e${precision - scale} OR abs(${sql} - round(${sql}, ${scale})) > 1e-9 * greatest(1, abs(${sql}))`
        : null
  }
  const format = integers.find(([pattern]) => pattern.test(type))?.[1]
  if (!format) return null
  const [low, high] = integerRange(format)
  return ({ sql, type: found, whole }) =>
    found === 'number' ? `${sql} < ${low} OR ${sql} > ${high}${whole ? '' : ` OR ${sql} <> trunc(${sql})`}` : null
}

/** `physicalType`: every value fits into it; that it is stored so is not asked, since a CSV stores text. */
export const physicalType: RuleFamily = {
  property({ property, column, at }) {
    const type = property.physicalType?.trim()
    const offending = type === undefined ? null : unfit(type)
    if (offending === null) return []
    return [
      rowRule({
        rule: 'physical-type',
        columns: [column],
        location: at('physicalType'),
        offending,
        one: `does not fit into ${type}`,
        many: `do not fit into ${type}`,
      }),
    ]
  },
}
