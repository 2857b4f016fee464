import type { Finding, Profile } from '@mlwright/domain'

function finding(rule: string, level: Finding['level'], column: string | null, message: string): Finding {
  return { rule, level, column, message, location: null, count: null, share: null, examples: [] }
}

/** Columns that are gone, new or of another type; of tables without rows that alone. */
export function schemaFindings(reference: Profile, current: Profile): Finding[] {
  const empty = [reference, current].filter(({ rows }) => rows === 0)
  if (empty.length > 0)
    return empty.map(({ dataset }) =>
      finding('no-rows', 'fail', null, `${dataset.name} has no rows: nothing can be compared.`),
    )
  const before = new Map(reference.columns.map(({ name, type }) => [name, type]))
  const now = new Map(current.columns.map(({ name, type }) => [name, type]))
  const findings: Finding[] = []
  for (const [name, type] of before) {
    const there = now.get(name)
    if (there === undefined) findings.push(finding('column-gone', 'fail', name, `The column ${name} is gone.`))
    else if (there !== type)
      findings.push(finding('column-type', 'fail', name, `The column ${name} was ${type} and is ${there} now.`))
  }
  for (const name of now.keys())
    if (!before.has(name))
      findings.push(finding('column-new', 'warn', name, `The column ${name} is new: the reference does not have it.`))
  return findings
}
