import type { Finding, Profile } from '@mlwright/domain'

function finding(rule: string, level: Finding['level'], column: string | null, message: string): Finding {
  return { rule, level, column, message, location: null, count: null, share: null, examples: [] }
}

/** Columns that are gone, new or of another type, and tables without rows. */
export function schemaFindings(reference: Profile, current: Profile): Finding[] {
  const before = new Map(reference.columns.map(({ name, type }) => [name, type]))
  const now = new Map(current.columns.map(({ name, type }) => [name, type]))
  const findings: Finding[] = []
  for (const { rows, dataset } of [reference, current])
    if (rows === 0)
      findings.push(finding('no-rows', 'fail', null, `${dataset.name} has no rows: nothing can be compared.`))
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
