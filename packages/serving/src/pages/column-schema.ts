import type { ServedModel } from '../model/served-model.ts'
import type { ServedColumn } from '../model/signature.ts'

type Schema = Readonly<Record<string, unknown>>

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
  if (shape.length === 0) return element.range !== null && type === 'boolean' ? { type: 'boolean' } : plain
  return shape.reduceRight<Schema>(
    (items, size) => ({ type: 'array', items, ...(size !== null && { minItems: size, maxItems: size }) }),
    plain,
  )
}

/** An example value of a column. */
export function exampleValue(column: ServedColumn): unknown {
  const plain = { number: 0, boolean: false, string: '', date: '2026-01-31' }[column.type]
  return column.shape.reduceRight<unknown>((value, size) => new Array<unknown>(size ?? 1).fill(value), plain)
}
