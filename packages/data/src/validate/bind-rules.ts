import { type Finding, nearest } from '@mlwright/domain'
import type { Contract } from '../contract/contract.ts'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName } from '../sql/quote.ts'
import type { Rule, RuleColumn, Test } from './rule.ts'

/** A rule on the columns that it found. */
export interface BoundRule {
  readonly rule: Rule
  readonly columns: readonly RuleColumn[]
  readonly test: Test
}

/** Joins rules with the data's columns; a column that the data lacks is one finding, and its rules are left out. */
export function bindRules(opened: OpenDataset, contract: Contract): { bound: BoundRule[]; missing: Finding[] } {
  const found = new Map(
    opened.dataset.columns.map(({ name, type }): [string, RuleColumn] => [
      name,
      { name, sql: quoteName(name), type, whole: opened.integers.has(name) },
    ]),
  )
  const unreadable = opened.dataset.columns.length === 0
  const missing = contract.columns
    .filter(({ name }) => !unreadable && !found.has(name))
    .map(({ name, location }): Finding => {
      const near = nearest(
        name,
        [...found.keys()].filter((column) => !contract.columns.some((known) => known.name === column)),
      )
      const hint = near ? `; is it ${near}?` : '.'
      const message = `The data has no column ${name}${hint}`
      return { rule: 'column', level: 'fail', column: name, message, location, count: null, share: null, examples: [] }
    })
  const bound = contract.rules.flatMap((rule): BoundRule[] => {
    const columns = rule.columns.map((name) => found.get(name))
    if (columns.some((column) => column === undefined)) return []
    const known = columns as RuleColumn[]
    return [{ rule, columns: known, test: rule.test(known) }]
  })
  return { bound, missing }
}
