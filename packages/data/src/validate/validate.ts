import { type Engine, type Finding, type ValidationReport, worst } from '@mlwright/domain'
import type { Contract } from '../contract/contract.ts'
import { dataFormat } from '../open/data-format.ts'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'
import { type BoundRule, bindRules } from './bind-rules.ts'
import { findExamples, type Wanted } from './find-examples.ts'
import { judgeRules, type ValidationLimits } from './judge-rules.ts'
import type { Breach } from './rule.ts'

export interface ValidateOptions {
  /** Whether values of offending rows may be shown at all; never those of restricted properties. */
  readonly showValues: boolean
  readonly limits?: Partial<ValidationLimits>
}

const defaults: ValidationLimits = { quantileMegabytes: 64, seconds: 60, megabytes: 512 }

function mayShow(contract: Contract, column: string, showValues: boolean): boolean {
  const found = contract.columns.find(({ name }) => name === column)?.classification?.toLowerCase()
  if (found === 'public') return true
  return showValues && found !== 'restricted' && found !== 'confidential'
}

/** Where offending rows of a broken rule can be found, or null where it is about no single rows. */
function wantedOf(
  { test, columns }: BoundRule,
  breach: Breach,
  contract: Contract,
  showValues: boolean,
): Wanted | null {
  if (!breach.count) return null
  const shown = columns.length > 0 && columns.every(({ name }) => mayShow(contract, name, showValues))
  const texts = columns.map(({ sql }) => `CAST(${sql} AS VARCHAR)`)
  const value = !shown ? null : texts.length === 1 ? texts[0]! : `concat_ws(', ', ${texts.join(', ')})`
  if (test.kind === 'duplicates') return { condition: { key: test.key }, value }
  return test.kind === 'scalar' && test.offending ? { condition: { offending: test.offending }, value } : null
}

async function ruleFindings(
  engine: Engine,
  opened: OpenDataset,
  contract: Contract,
  bound: readonly BoundRule[],
  { showValues, limits }: ValidateOptions,
): Promise<Finding[]> {
  const names = [...contract.names, opened.dataset.name]
  const breaches = await judgeRules(engine, opened, names, bound, { ...defaults, ...limits })
  const wanted = new Map([...breaches].map(([each, breach]) => [each, wantedOf(each, breach, contract, showValues)]))
  const examples = await findExamples(
    engine,
    opened,
    [...wanted.values()].filter((each) => each !== null),
  )
  const { rows } = opened.dataset
  return [...breaches].map(([each, breach]): Finding => {
    const looked = wanted.get(each)
    const { rule, level, columns, location } = each.rule
    return {
      rule,
      level: breach.level ?? level,
      column: columns.length === 1 ? columns[0]! : null,
      message: breach.message,
      location,
      count: breach.count ?? null,
      share: breach.count === undefined || rows === 0 ? null : breach.count / rows,
      examples: looked ? (examples.get(looked) ?? []) : [],
    }
  })
}

/** Puts a finding of the reader, that values have not the declared type, on the line that declares it. */
function placed(finding: Finding, contract: Contract | null): Finding {
  const column = finding.rule === 'type' && contract?.columns.find(({ name }) => name === finding.column)
  return column ? { ...finding, location: column.typeLocation } : finding
}

/** Reads every value once, for pages of a Parquet file can be damaged behind a good footer; null where all can be read. */
async function damage(engine: Engine, opened: OpenDataset): Promise<Finding | null> {
  const counts = opened.dataset.columns.map(({ name }) => `count(${quoteName(name)})`)
  try {
    await shortRows(engine, `SELECT ${['count(*)', ...counts].join(', ')} FROM ${opened.from}`)
    return null
  } catch (error) {
    return opened.explain(error as Error)
  }
}

/** What the rules find; where they cannot be checked, what is damaged in the files. Any other error is thrown. */
async function checked(...given: Parameters<typeof ruleFindings>): Promise<Finding[]> {
  try {
    return await ruleFindings(...given)
  } catch (error) {
    const found = await damage(given[0], given[1])
    if (found === null) throw error
    return [found]
  }
}

/**
 * Checks a dataset against its contract: the aggregates of all rules in one scan, one more for each unique key, one for
 * every few medians, and one for the examples of what is broken. Without a contract the files alone are judged.
 * Problems of the data are findings; throws only for bugs.
 */
export async function validate(
  engine: Engine,
  opened: OpenDataset,
  contract: Contract | null,
  options: ValidateOptions,
): Promise<ValidationReport> {
  const { name, rows, columns } = opened.dataset
  const { bound, missing } = contract ? bindRules(opened, contract) : { bound: [], missing: [] }
  const unread = contract === null && dataFormat(opened.files) === 'parquet' && rows > 0
  const broken = contract
    ? await checked(engine, opened, contract, bound, options)
    : [unread ? await damage(engine, opened) : null].filter((finding) => finding !== null)
  const findings = [...opened.findings.map((finding) => placed(finding, contract)), ...missing, ...broken]
  return {
    kind: 'ValidationReport',
    version: 1,
    dataset: name,
    contract: contract?.path ?? null,
    rows,
    columns,
    checks: (contract?.columns.length ?? 0) + (contract?.rules.length ?? 0),
    failed: findings.filter((finding) => finding.level === 'fail').length,
    verdict: worst(findings.map((finding) => finding.level)),
    findings,
    notes: [...new Set(contract?.notes)],
  }
}
