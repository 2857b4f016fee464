import { z } from 'zod'

const text = z.string().optional()
const named = z.array(z.record(z.string(), z.unknown())).optional()

const common = {
  id: text,
  authoritativeDefinitions: named,
  businessImpact: text,
  customProperties: named,
  description: text,
  dimension: z
    .enum(['accuracy', 'completeness', 'conformity', 'consistency', 'coverage', 'timeliness', 'uniqueness'])
    .optional(),
  method: text,
  name: text,
  schedule: text,
  scheduler: text,
  severity: text,
  tags: z.array(z.string()).optional(),
  unit: text,
}

const value = z.union([z.number(), z.string(), z.boolean(), z.null()])
const range = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, 'has the smaller number first and two different ones')

export const operators = {
  mustBe: value.optional(),
  mustNotBe: value.optional(),
  mustBeGreaterThan: z.number().optional(),
  mustBeGreaterOrEqualTo: z.number().optional(),
  mustBeLessThan: z.number().optional(),
  mustBeLessOrEqualTo: z.number().optional(),
  mustBeBetween: range.optional(),
  mustNotBeBetween: range.optional(),
}
export type Operator = keyof typeof operators

const oneOperator = (rule: object) => Object.keys(rule).filter((key) => key in operators).length === 1
const oneOperatorMessage = `A rule has exactly one operator: ${Object.keys(operators)
  .map((name) => `\`${name}\``)
  .join(', ')}.`

export const metrics = ['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount'] as const

export const OdcsLibraryRule = z
  .strictObject({
    ...common,
    ...operators,
    type: z.literal('library').optional(),
    metric: z.enum(metrics),
    rule: text.describe('Deprecated name of metric.'),
    arguments: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(oneOperator, oneOperatorMessage)
export type OdcsLibraryRule = z.infer<typeof OdcsLibraryRule>

export const OdcsSqlRule = z
  .strictObject({ ...common, ...operators, type: z.literal('sql'), query: z.string().min(1) })
  .refine(oneOperator, oneOperatorMessage)
export type OdcsSqlRule = z.infer<typeof OdcsSqlRule>

export const OdcsCustomRule = z.strictObject({
  ...common,
  type: z.literal('custom'),
  engine: z.string(),
  implementation: z.union([z.string(), z.record(z.string(), z.unknown())]),
})
export type OdcsCustomRule = z.infer<typeof OdcsCustomRule>

export const OdcsTextRule = z.strictObject({ ...common, type: z.literal('text').optional() })
export type OdcsQuality = OdcsLibraryRule | OdcsSqlRule | OdcsCustomRule

/** The schema of one rule, by what it says of itself: `library` is the default where there is a metric. */
export function qualitySchema(rule: unknown): z.ZodType {
  const { type, metric } = (rule ?? {}) as { type?: unknown; metric?: unknown }
  if (type === 'sql') return OdcsSqlRule
  if (type === 'custom') return OdcsCustomRule
  const hasOperator = Object.keys((rule ?? {}) as object).some((key) => key in operators)
  if (type === 'text' || (type === undefined && metric === undefined && !hasOperator)) return OdcsTextRule
  return OdcsLibraryRule
}
