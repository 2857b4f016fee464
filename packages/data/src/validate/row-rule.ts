import type { Rule, RuleColumn } from './rule.ts'
import { rowsHave } from './words.ts'

interface RowRule extends Pick<Rule, 'rule' | 'columns' | 'location'> {
  /** The condition of an offending row; a row for which it is NULL does not offend. Null: nothing can offend. */
  offending(column: RuleColumn): string | null
  /** What an offending row has, such as `is missing`; and the same of several rows. */
  readonly one: string
  readonly many: string
}

/** A rule that every row of one column has to keep. */
export function rowRule({ offending, one, many, ...rule }: RowRule): Rule {
  return {
    ...rule,
    level: 'fail',
    test([column]) {
      const condition = offending(column!)
      if (condition === null) return { kind: 'holds' }
      return {
        kind: 'scalar',
        aggregate: `count_if(${condition})`,
        offending: condition,
        judge: (count, rows) =>
          count ? { message: `${column!.name}: ${rowsHave(count, rows, one, many)}.`, count } : null,
      }
    },
  }
}
