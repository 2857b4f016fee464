import { readScoredRows, type ScoredColumns } from '@mlwright/data'
import { type Finding, type Performance, type Ports, UserError } from '@mlwright/domain'
import { type ErrorBudget, followPerformance } from '@mlwright/drift'
import type { Seen } from './open-seen.ts'
import type { Reference } from './reference.ts'
import type { MonitorSettings } from './settings.ts'

function contradiction(count: number, path: string): Finding {
  const message = `${count} keys of ${path} have labels that contradict each other; they count as not labelled.`
  const facts = { column: null, location: null, count, share: null, examples: [] }
  return { rule: 'label-twice', level: 'warn', message, ...facts }
}

/** Performance of a binary classifier where scores are given; labels may have arrived later, in a file of their own. */
export async function performance(
  inputs: MonitorSettings,
  ports: Ports,
  reference: Reference,
  seen: Seen,
  budget: ErrorBudget,
): Promise<{ performance: Performance | null; findings: Finding[] }> {
  const { score, label, prediction } = inputs
  if (score === undefined || label === undefined) {
    if (score === undefined && label === undefined && inputs.labels === undefined)
      return { performance: null, findings: [] }
    throw new UserError('INPUT_INVALID', 'Performance needs both `score` and `label`: the names of two columns.')
  }
  const { opened, scored } = reference
  if (!opened && !scored)
    throw new UserError(
      'INPUT_INVALID',
      'Performance needs reference data with scores and labels, or a released binary classifier whose predictions are in the records; a profile does not have them.',
    )
  const columns: ScoredColumns = { score, label, prediction, positive: inputs.positive ?? scored?.positive }
  const before = opened ? await readScoredRows(ports.engine, opened, columns) : scored!
  const later = seen.labels ? { labels: seen.labels, key: inputs.key } : undefined
  const now = await readScoredRows(ports.engine, seen.table, { ...columns, later })
  return {
    performance: followPerformance(before, now, budget),
    findings: now.contradictory > 0 ? [contradiction(now.contradictory, inputs.labels ?? inputs.current)] : [],
  }
}
