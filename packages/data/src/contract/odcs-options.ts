import { z } from 'zod'
import type { logicalTypes } from './odcs-schema.ts'

const count = z.int().min(0).optional()
const bounds = <T extends z.ZodType>(value: T) => ({
  minimum: value.optional(),
  maximum: value.optional(),
  exclusiveMinimum: value.optional(),
  exclusiveMaximum: value.optional(),
})
const list = <T extends z.ZodType>(value: T) => z.array(value).min(1).optional()

const date = { ...bounds(z.string()), format: z.string().optional() }
const timestamp = { ...date, timezone: z.boolean().optional(), defaultTimezone: z.string().optional() }
const number = { ...bounds(z.number()), multipleOf: z.number().gt(0).optional(), enum: list(z.number()) }

export const integerFormats = ['i8', 'i16', 'i32', 'i64', 'i128', 'u8', 'u16', 'u32', 'u64', 'u128'] as const

/** What `logicalTypeOptions` may hold, by logical type. */
export const OdcsOptions = {
  string: z.strictObject({
    minLength: count,
    maxLength: count,
    pattern: z.string().optional(),
    format: z.string().optional(),
    enum: list(z.string()),
  }),
  date: z.strictObject(date),
  timestamp: z.strictObject(timestamp),
  time: z.strictObject(timestamp),
  integer: z.strictObject({ ...number, format: z.enum(integerFormats).optional() }),
  number: z.strictObject({ ...number, format: z.enum(['f32', 'f64']).optional() }),
  object: z.strictObject({ minProperties: count, maxProperties: count, required: list(z.string()) }),
  array: z.strictObject({ minItems: count, maxItems: count, uniqueItems: z.boolean().optional() }),
  boolean: z.looseObject({}),
} satisfies Record<(typeof logicalTypes)[number], z.ZodType>

/** All options of any type; which of them can be there follows from the logical type. */
export interface PropertyOptions {
  readonly minimum?: number | string | undefined
  readonly maximum?: number | string | undefined
  readonly exclusiveMinimum?: number | string | undefined
  readonly exclusiveMaximum?: number | string | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly pattern?: string | undefined
  readonly format?: string | undefined
  readonly enum?: readonly (string | number)[] | undefined
  readonly multipleOf?: number | undefined
}
