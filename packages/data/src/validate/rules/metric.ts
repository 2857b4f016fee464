import type { OdcsLibraryRule } from '../../contract/odcs-quality.ts'
import { thresholdOf } from '../../contract/threshold.ts'
import type { Breach, RuleColumn, Test } from '../rule.ts'
import type { QualityPart, RuleFamily } from '../rule-family.ts'
import { shown } from '../words.ts'
import { argumentProblems, invalidSql, missingSql } from './metric-conditions.ts'

type LibraryPart = QualityPart & { readonly quality: OdcsLibraryRule }

/** Compares a count, or its share in percent, with the rule's threshold. */
function judgeCount(part: LibraryPart, of: string, what: string) {
  const threshold = thresholdOf(part.quality)
  const inPercent = part.quality.unit === 'percent'
  return (count: number, rows: number, percentOf = count): Breach | null => {
    const value = inPercent ? (rows === 0 ? 0 : (100 * percentOf) / rows) : count
    const verdict = threshold.judge(value)
    if (verdict === 'holds') return null
    const unit = inPercent ? ' %' : ''
    const measured = `${of}: ${what} ${shown(value)}${unit}`
    if (verdict === 'broken') return { message: `${measured}, but must be ${threshold.text}${unit}.`, count: percentOf }
    const message = `${measured}, which is a bound of ${threshold.text}${unit}; the standard's text leaves bounds out.`
    return { message, count: percentOf, level: 'warn' }
  }
}

function countTest(part: LibraryPart, condition: string, what: string): Test {
  const judge = judgeCount(part, part.column!, what)
  return {
    kind: 'scalar',
    aggregate: `count_if(${condition})`,
    offending: condition,
    judge: (count, rows) => judge(count ?? 0, rows),
  }
}

function duplicateTest(part: LibraryPart, columns: readonly RuleColumn[]): Test {
  const names = columns.map((column) => column.name).join(', ')
  const unit = part.quality.unit === 'percent' ? 'rows with a duplicated value are' : 'duplicated values are'
  const judge = judgeCount(part, names, unit)
  return {
    kind: 'duplicates',
    key: columns.map((column) => column.sql),
    judge(found, rows) {
      const breach = judge(found.values, rows, found.rows)
      if (!breach || part.quality.unit === 'percent') return breach
      return { ...breach, message: breach.message.replace(/\.$/, ` (${shown(found.rows)} rows have one of them).`) }
    },
  }
}

/** The columns of a rule: its property's, or those that `arguments.properties` names. */
function columnsOf(part: LibraryPart): string[] | null {
  const named = part.quality.arguments?.properties
  if (part.column !== null) return [part.column]
  if (part.quality.metric !== 'duplicateValues' || !Array.isArray(named) || named.length === 0) {
    const hint = part.quality.metric === 'duplicateValues' ? ', or name columns in `arguments.properties`' : ''
    part.problem('metric', `${part.quality.metric} is about a property; move the rule to one${hint}.`)
    return null
  }
  const columns = named.map((name) => part.columnOf.get(String(name)))
  if (columns.every((column) => column !== undefined)) return columns
  const unknown = named.filter((name) => !part.columnOf.has(String(name)))
  part.problem('arguments', `arguments.properties names no property (${unknown.join(', ')}).`)
  return null
}

const ruleNames = {
  nullValues: 'null-values',
  missingValues: 'missing-values',
  invalidValues: 'invalid-values',
  duplicateValues: 'duplicate-values',
  rowCount: 'row-count',
} as const

function testOf(part: LibraryPart, columns: readonly RuleColumn[]): Test {
  const { metric } = part.quality
  const [column] = columns
  switch (metric) {
    case 'rowCount': {
      const judge = judgeCount(part, part.object, 'the number of rows is')
      return {
        kind: 'scalar',
        aggregate: 'count(*)',
        judge(_, rows) {
          const breach = judge(rows, rows)
          return breach && { message: breach.message, ...(breach.level && { level: breach.level }) }
        },
      }
    }
    case 'nullValues':
      return countTest(part, `${column!.sql} IS NULL`, 'missing values are')
    case 'missingValues':
      return countTest(part, missingSql(column!, part.quality.arguments), 'missing values are')
    case 'invalidValues':
      return countTest(part, invalidSql(column!, part.quality.arguments ?? {}), 'invalid values are')
    case 'duplicateValues':
      return duplicateTest(part, columns)
  }
}

/** The library metrics with their operators; `unit: percent` is of all rows. */
export const metric: RuleFamily = {
  quality(part) {
    if (!('metric' in part.quality)) return null
    const library = part as LibraryPart
    const { quality } = library
    const wrong = argumentProblems(quality.metric, quality.arguments ?? {})
    for (const message of wrong) part.problem('arguments', message)
    if (wrong.length > 0) return []
    if (thresholdOf(quality).numbers.some((value) => typeof value !== 'number')) {
      part.problem('metric', `${quality.metric} is a number, so it can only be compared with numbers.`)
      return []
    }
    if (quality.metric === 'rowCount' && quality.unit === 'percent') {
      part.problem('unit', 'rowCount has no percent; remove the unit.')
      return []
    }
    const columns = quality.metric === 'rowCount' ? [] : columnsOf(library)
    if (columns === null) return []
    const location = part.at('metric')
    const rule = ruleNames[quality.metric]
    return [{ rule, level: part.level, columns, location, test: (found) => testOf(library, found) }]
  },
}
