import { z } from 'zod'

const bound = z.union([z.number(), z.string()]).optional()

/** What each value of one column has to be, as far as its own row tells; bounds of dates are ISO text. */
export const ColumnRules = z.strictObject({
  column: z.string(),
  required: z.boolean().optional(),
  /** Numbers without a fraction, dates without a time. */
  whole: z.boolean().optional(),
  minimum: bound,
  maximum: bound,
  exclusive_minimum: bound,
  exclusive_maximum: bound,
  multiple_of: z.number().positive().optional(),
  allowed: z.array(z.union([z.string(), z.number()])).optional(),
  /** In Unicode code points. */
  min_length: z.int().optional(),
  max_length: z.int().optional(),
  /** An ECMA-262 regular expression that matches somewhere in the value. */
  pattern: z.string().optional(),
})
export type ColumnRules = z.infer<typeof ColumnRules>

/** The rules of a contract that a single row can be held to when it is sent for a prediction. */
export const RequestRules = z.strictObject({
  columns: z.array(ColumnRules),
  /** The contract's other rules, such as those in SQL or about many rows. */
  left_out: z.array(z.string()),
})
export type RequestRules = z.infer<typeof RequestRules>
