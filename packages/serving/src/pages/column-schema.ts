import type { ColumnRules } from '@mlwright/domain'
import type { ServedModel } from '../model/served-model.ts'
import type { ServedColumn } from '../model/signature.ts'

type Schema = Readonly<Record<string, unknown>>

/** What the contract adds to the schema of a plain value. */
function contractSchema({ type }: ServedColumn, rules: ColumnRules, text: boolean): Schema {
  const bound = (name: string, value: number | string | undefined) =>
    typeof value === 'number' ? { [name]: value } : {}
  if (type !== 'number' && type !== 'string') return {}
  if (text)
    return {
      ...(rules.allowed && { enum: rules.required ? rules.allowed : [...rules.allowed, null, ''] }),
      ...(rules.required && { type: 'string', minLength: Math.max(1, rules.min_length ?? 0) }),
      ...(rules.required && rules.pattern !== undefined && { pattern: rules.pattern }),
      ...(rules.max_length !== undefined && { maxLength: rules.max_length }),
    }
  return {
    ...bound('minimum', rules.minimum),
    ...bound('maximum', rules.maximum),
    ...bound('exclusiveMinimum', rules.exclusive_minimum),
    ...bound('exclusiveMaximum', rules.exclusive_maximum),
    ...(rules.required || rules.whole
      ? { type: [rules.whole ? 'integer' : 'number', ...(rules.required ? [] : ['null'])] }
      : {}),
    ...(rules.multiple_of !== undefined && { multipleOf: rules.multiple_of }),
  }
}

const rulesOf = ({ rules }: ServedModel, { name }: ServedColumn) => rules?.columns.find(({ column }) => column === name)

/** JSON Schema of one value of a column, as `/predict` takes it. */
export function columnSchema(model: ServedModel, column: ServedColumn): Schema {
  const { element } = model.inputs[column.input]!
  const { type } = column
  const plain: Schema =
    type === 'boolean'
      ? { type: ['boolean', 'null'] }
      : type === 'date'
        ? { type: ['string', 'null'], format: 'date' }
        : type === 'string'
          ? { type: ['string', 'null'] }
          : element.range === null
            ? { type: ['number', 'null'] }
            : element.carrier === 'int64'
              ? { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }
              : { type: 'integer', minimum: Number(element.range[0]), maximum: Number(element.range[1]) }
  const { shape } = column
  if (shape.length === 0) {
    if (element.range !== null && type === 'boolean') return { type: 'boolean' }
    const rules = rulesOf(model, column)
    return rules ? { ...plain, ...contractSchema(column, rules, element.carrier === 'text') } : plain
  }
  return shape.reduceRight<Schema>(
    (items, size) => ({ type: 'array', items, ...(size !== null && { minItems: size, maxItems: size }) }),
    plain,
  )
}

/** An example value of a column, as far as that is easy one that the contract allows. */
export function exampleValue(model: ServedModel, column: ServedColumn): unknown {
  const { allowed, minimum } = rulesOf(model, column) ?? {}
  const asked = column.type === 'number' || column.type === 'string' ? (allowed?.[0] ?? minimum) : minimum
  if (column.shape.length === 0 && asked !== undefined && column.type !== 'boolean') return asked
  const plain = { number: 0, boolean: false, string: '', date: '2026-01-31' }[column.type]
  return column.shape.reduceRight<unknown>((value, size) => new Array<unknown>(size ?? 1).fill(value), plain)
}
