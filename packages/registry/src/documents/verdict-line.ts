import { championName } from './metric-tables.ts'
import type { ReleaseFacts } from './release-facts.ts'
import type { Writing } from './writing.ts'

const icon = { pass: '✅', warn: '⚠️', fail: '❌' } as const
const outcome = { pass: 'passes', warn: 'passes with warnings', fail: 'fails' } as const

function versus(facts: ReleaseFacts, writing: Writing): string {
  const change = facts.comparison?.metrics[facts.evaluation.primary]
  if (change?.change == null) return ''
  if (change.change === 0) return `, the same as ${championName(facts)}`
  const by = writing.fmtChange(change.change, change.candidate ?? change.change)
  return `, ${by} against ${championName(facts)}${change.noise ? ' (within noise)' : ''}`
}

/** The verdict and what became of the primary metric, in one sentence. */
export function verdictLine(facts: ReleaseFacts, writing: Writing): string {
  const { primary, verdict, level, metrics, rows } = facts.evaluation
  const { value = null, low = null, high = null } = metrics[primary] ?? {}
  const interval = low === null ? '' : ` (${writing.fmtLevel(level)} interval ${writing.fmtInterval(low, high)})`
  const measured = value === null ? 'undefined' : `${writing.fmtNumber(value)}${interval}`
  const lead = `${icon[verdict]} **${writing.code(facts.run.model)} ${facts.version} ${outcome[verdict]}**`
  return `${lead}: ${writing.code(primary)} is ${measured}${versus(facts, writing)}, on ${writing.plural(rows, 'test row')}.`
}
