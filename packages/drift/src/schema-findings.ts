import type { ColumnProfile, ColumnType, Finding, Profile } from '@mlwright/domain'

function finding(rule: string, level: Finding['level'], column: string | null, message: string): Finding {
  return { rule, level, column, message, location: null, count: null, share: null, examples: [] }
}

/** Whether a column of the reference can be compared with one of a type: without a value it has none of its own. */
export function isOfType({ count, type }: ColumnProfile, other: ColumnType): boolean {
  return type === other || count === 0
}

/** Columns that are gone, new or of another type; of tables without rows that alone. */
export function schemaFindings(reference: Profile, current: Profile): Finding[] {
  const empty = [reference, current].filter(({ rows }) => rows === 0)
  if (empty.length > 0)
    return empty.map(({ dataset }) =>
      finding('no-rows', 'fail', null, `${dataset.name} has no rows: nothing can be compared.`),
    )
  const before = new Map(reference.columns.map((column) => [column.name, column]))
  const now = new Map(current.columns.map(({ name, type }) => [name, type]))
  const findings: Finding[] = []
  for (const [name, column] of before) {
    const there = now.get(name)
    if (there === undefined) findings.push(finding('column-gone', 'fail', name, `The column ${name} is gone.`))
    else if (!isOfType(column, there))
      findings.push(finding('column-type', 'fail', name, `The column ${name} was ${column.type} and is ${there} now.`))
  }
  for (const name of now.keys())
    if (!before.has(name))
      findings.push(finding('column-new', 'warn', name, `The column ${name} is new: the reference does not have it.`))
  return findings
}
