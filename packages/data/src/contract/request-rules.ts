import type { ColumnRules, RequestRules } from '@mlwright/domain'
import type { Rule } from '../validate/rule.ts'
import { declaredType } from './declared-type.ts'
import type { ReadProperty } from './read-properties.ts'

const byRow = new Set(['not-null', 'type', 'minimum', 'maximum', 'multiple-of', 'allowed-values', 'min-length'])
for (const rule of ['max-length', 'pattern']) byRow.add(rule)

/** Whether values come to a model as the contract means them: a time or a date in a format of its own is text there. */
const asDeclared = ({ property, options }: ReadProperty) =>
  [options.minimum, options.maximum, options.exclusiveMinimum, options.exclusiveMaximum].every(
    (bound) => typeof bound !== 'string' || declaredType(property) === 'date',
  )

function columnRules(read: ReadProperty): ColumnRules {
  const { column, property, options } = read
  const bounds = asDeclared(read) && {
    ...(options.minimum !== undefined && { minimum: options.minimum }),
    ...(options.maximum !== undefined && { maximum: options.maximum }),
    ...(options.exclusiveMinimum !== undefined && { exclusive_minimum: options.exclusiveMinimum }),
    ...(options.exclusiveMaximum !== undefined && { exclusive_maximum: options.exclusiveMaximum }),
  }
  const whole =
    property.logicalType === 'integer' || (property.logicalType === 'date' && declaredType(property) === 'date')
  return {
    column,
    ...(property.required && { required: true }),
    ...(whole && { whole }),
    ...bounds,
    ...(options.multipleOf !== undefined && { multiple_of: options.multipleOf }),
    ...(options.enum !== undefined && { allowed: [...options.enum] }),
    ...(options.minLength !== undefined && { min_length: options.minLength }),
    ...(options.maxLength !== undefined && { max_length: options.maxLength }),
    ...(options.pattern !== undefined && { pattern: options.pattern }),
  }
}

/** The rules that one row can be held to, and the names of those that need SQL or other rows. */
export function requestRules(properties: readonly ReadProperty[], rules: readonly Rule[]): RequestRules {
  const textual = new Set(
    properties.filter((read) => !asDeclared(read) || read.property.logicalType === 'time').map(({ column }) => column),
  )
  const skipped = (rule: Rule) =>
    !byRow.has(rule.rule) ||
    (['type', 'minimum', 'maximum'].includes(rule.rule) && rule.columns.some((column) => textual.has(column)))
  const left = rules
    .filter(skipped)
    .map(({ rule, columns }) => (columns.length > 0 ? `${rule} of ${columns.join(', ')}` : rule))
  return {
    columns: properties.map(columnRules).filter((found) => Object.keys(found).length > 1),
    left_out: [...new Set(left)],
  }
}
