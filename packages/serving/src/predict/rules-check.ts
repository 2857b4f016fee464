import { setFlagsFromString } from 'node:v8'
import type { ColumnRules, RequestRules } from '@mlwright/domain'
import { badRequest } from '../http/http-error.ts'
import type { ServedTensor } from '../model/served-tensor.ts'
import type { ServedColumn, Signature } from '../model/signature.ts'
import type { Feed } from '../tensors/feed.ts'

/** Throws HttpError 400 that names row, column and rule. */
export type RulesCheck = (feeds: readonly Feed[]) => void

type Value = number | bigint | string
/** What a value breaks, as the end of a sentence; null where it keeps the rules. */
type Judge = (value: Value) => string | null

const day = 86_400_000
const listed = (values: readonly unknown[]) =>
  values.length <= 6 ? values.join(', ') : `${values.slice(0, 5).join(', ')} and ${values.length - 5} more`

/** A pattern that is tried in linear time once it has gone back too often: what it meets is anybody's text. */
function safePattern(pattern: string): RegExp {
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')
  return new RegExp(pattern)
}

function textJudges(rules: ColumnRules): Judge[] {
  const judges: Judge[] = []
  const { allowed, min_length: least, max_length: most, pattern } = rules
  if (allowed) {
    const known = new Set<Value>(allowed.map(String))
    judges.push((value) => (known.has(value) ? null : `one of ${listed(allowed)}`))
  }
  if (least !== undefined)
    judges.push((value) => ([...(value as string)].length < least ? `at least ${least} characters long` : null))
  if (most !== undefined)
    judges.push((value) => {
      const text = value as string
      return text.length > most && [...text].length > most ? `at most ${most} characters long` : null
    })
  if (pattern !== undefined) {
    const expression = safePattern(pattern)
    judges.push((value) => (expression.test(value as string) ? null : `text that matches ${pattern}`))
  }
  return judges
}

/** `narrow` rounds to what the model's own tensor holds, so that a bound of 0.1 allows the float32 nearest to it. */
function numberJudges(rules: ColumnRules, { type }: ServedColumn, narrow: (value: number) => number): Judge[] {
  const judges: Judge[] = []
  const bounds = [
    ['minimum', 'at least', (value: number, limit: number) => value >= limit],
    ['maximum', 'at most', (value: number, limit: number) => value <= limit],
    ['exclusive_minimum', 'above', (value: number, limit: number) => value > limit],
    ['exclusive_maximum', 'below', (value: number, limit: number) => value < limit],
  ] as const
  for (const [key, said, holds] of bounds) {
    const given = rules[key]
    if (given === undefined) continue
    const limit = narrow(typeof given === 'number' ? given : Date.parse(given) / day)
    judges.push((value) => (holds(narrow(Number(value)), limit) ? null : `${said} ${given}`))
  }
  const { allowed, multiple_of: step } = rules
  // Words cannot be compared with what a model takes as a number, such as true and false.
  if (allowed && !allowed.some((value) => value === '' || Number.isNaN(Number(value)))) {
    const known = new Set(allowed.map((value) => narrow(Number(value))))
    judges.push((value) => (known.has(narrow(Number(value))) ? null : `one of ${listed(allowed)}`))
  }
  if (rules.whole)
    judges.push((value) =>
      Number.isInteger(Number(value)) ? null : type === 'date' ? 'a date without a time' : 'a whole number',
    )
  if (step !== undefined)
    judges.push((value) => {
      const quotient = Number(value) / step
      const slack = (narrow === Math.fround ? 1e-6 : 1e-9) * Math.max(1, Math.abs(quotient))
      return Math.abs(quotient - Math.round(quotient)) > slack ? `a multiple of ${step}` : null
    })
  return judges
}

function shown(column: ServedColumn, value: Value): string {
  if (typeof value === 'string')
    return value.length > 60 ? JSON.stringify(`${value.slice(0, 57)}...`) : JSON.stringify(value)
  return column.type === 'date' && Math.abs(Number(value)) < 1e8
    ? new Date(Number(value) * day).toISOString().replace('T00:00:00.000Z', '')
    : String(value)
}

/** Makes the check of a model's named columns; null where the rules are about none of them. */
export function rulesCheck(
  { columns, matrix }: Signature,
  inputs: readonly ServedTensor[],
  rules: RequestRules,
): RulesCheck | null {
  const byColumn = new Map(rules.columns.map((found) => [found.column, found]))
  const checks = columns.flatMap((column, at) => {
    const found = byColumn.get(column.name)
    const { element } = inputs[column.input]!
    if (!found || column.shape.length > 0) return []
    const text = element.carrier === 'text'
    const narrow = element.onnx === 'float' ? Math.fround : (value: number) => value
    const judges = text ? textJudges(found) : numberJudges(found, column, narrow)
    const [stride, offset] = matrix ? [columns.length, at] : [1, 0]
    return [{ column, required: found.required === true, judges, stride, offset }]
  })
  if (checks.length === 0) return null
  return (feeds) => {
    for (const { column, required, judges, stride, offset } of checks) {
      const { data } = feeds[column.input]!
      for (let at = offset; at < data.length; at += stride) {
        const value = data[at]!
        // biome-ignore lint/suspicious/noSelfCompare: NaN is a missing number.
        if (value === '' || value !== value) {
          if (required)
            throw badRequest(
              `Row ${(at - offset) / stride}: the column ${column.name} is missing, and the contract requires it.`,
            )
          continue
        }
        for (const judge of judges) {
          const broken = judge(value)
          if (broken !== null)
            throw badRequest(
              `Row ${(at - offset) / stride}: the column ${column.name} is ${shown(column, value)}; by the contract it has to be ${broken}.`,
            )
        }
      }
    }
  }
}
