import type { RuleFamily } from './rule-family.ts'
import { allowedValues } from './rules/allowed-values.ts'
import { format } from './rules/format.ts'
import { length } from './rules/length.ts'
import { logicalType } from './rules/logical-type.ts'
import { metric } from './rules/metric.ts'
import { multipleOf } from './rules/multiple-of.ts'
import { pattern } from './rules/pattern.ts'
import { physicalType } from './rules/physical-type.ts'
import { range } from './rules/range.ts'
import { required } from './rules/required.ts'
import { sqlQuery } from './rules/sql-query.ts'
import { statistic } from './rules/statistic.ts'
import { unique } from './rules/unique.ts'

/** Every kind of rule, in the order in which a column's findings are told. */
export const ruleFamilies: readonly RuleFamily[] = [
  logicalType,
  physicalType,
  required,
  unique,
  range,
  length,
  pattern,
  format,
  allowedValues,
  multipleOf,
  metric,
  sqlQuery,
  statistic,
]
