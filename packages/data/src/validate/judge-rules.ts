import type { Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import type { BoundRule } from './bind-rules.ts'
import { measureDuplicates } from './measure-duplicates.ts'
import { measureQuantiles } from './measure-quantiles.ts'
import { measureScalars } from './measure-scalars.ts'
import type { Breach, Duplicates, Test } from './rule.ts'
import { type QueryLimits, runQuery } from './run-queries.ts'

/** How much a validation may use beyond the engine's own limit. */
export interface ValidationLimits extends QueryLimits {
  /** Memory for exact medians and quantiles; a column that needs more gets approximate ones. */
  readonly quantileMegabytes: number
}

type Of<K extends Test['kind']> = Extract<Test, { kind: K }>

const tests = <K extends Test['kind']>(bound: readonly BoundRule[], kind: K) =>
  bound.flatMap(({ test }) => (test.kind === kind ? [test as Of<K>] : []))

/** Measures every rule and tells which do not hold; the scalars of all rules take one scan. */
export async function judgeRules(
  engine: Engine,
  opened: OpenDataset,
  names: readonly string[],
  bound: readonly BoundRule[],
  limits: ValidationLimits,
): Promise<Map<BoundRule, Breach>> {
  const { from } = opened
  const { rows } = opened.dataset
  const { values, refused } = await measureScalars(
    engine,
    from,
    tests(bound, 'scalar').map((test) => test.aggregate),
  )
  const quantile = await measureQuantiles(engine, from, rows, tests(bound, 'quantile'), limits.quantileMegabytes)
  const duplicates = new Map<string, Duplicates>()
  for (const { key } of tests(bound, 'duplicates'))
    if (!duplicates.has(key.join())) duplicates.set(key.join(), await measureDuplicates(engine, from, key))

  const judge = async (test: Test): Promise<Breach | null> => {
    switch (test.kind) {
      case 'scalar': {
        const reason = refused.get(test.aggregate)
        if (reason !== undefined) return { message: `The rule cannot be checked: ${reason}` }
        return test.judge((values.get(test.aggregate) as number | null) ?? null, rows)
      }
      case 'quantile':
        return test.judge(quantile(test))
      case 'duplicates':
        return test.judge(duplicates.get(test.key.join())!, rows)
      case 'query': {
        const answer = await runQuery(engine, opened, names, test.query, limits)
        return 'value' in answer
          ? test.judge(answer.value, rows)
          : { message: `The query cannot be answered: ${answer.refused}` }
      }
      case 'impossible':
        return { message: test.message }
      case 'holds':
        return null
    }
  }
  const breaches = new Map<BoundRule, Breach>()
  for (const each of bound) {
    const breach = await judge(each.test)
    if (breach) breaches.set(each, breach)
  }
  return breaches
}
