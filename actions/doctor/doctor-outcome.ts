import type { Outcome } from '@mlwright/action'
import type { Finding } from '@mlwright/domain'
import { code, findingAnnotations, fmtBytes, plural } from '@mlwright/report'
import type { Diagnosis } from './examine.ts'

export const doctorOutputs = {
  verdict: '`pass`, `warn` or `fail`: the worst finding.',
  findings: 'Number of findings.',
} as const

const icon = { warn: '⚠️', fail: '❌' } as const
const cell = (text: string) => code(text, 600).replaceAll('|', '¦')

function row({ level, location, message, rule }: Finding): string {
  const place = location ? ` ${cell(`${location.file}:${location.line}`)}` : ''
  return `| ${icon[level]} | ${cell(rule)} | ${cell(message)}${place} |`
}

function sizes({ models, records, releases, stages, versions }: Diagnosis): string {
  const guards = stages.map(
    ({ environment, rules }) => `${code(environment)} (${rules?.join(', ') || 'no rules known'})`,
  )
  const parts = [
    `${plural(models, 'model')}, ${plural(versions, 'active version')}, ${plural(releases, 'release')}`,
    records
      ? `${plural(records.runs, 'run')} in ${fmtBytes(records.bytes)} on the records branch`
      : 'no records branch',
    ...(guards.length > 0 ? [`environments ${guards.join(', ')}`] : []),
  ]
  return `${parts.join('; ')}.`
}

/** What was found, as a table with the fix of each finding. */
export function doctorOutcome(
  diagnosis: Diagnosis,
  prefix: string,
): Outcome<Record<keyof typeof doctorOutputs, string>> {
  const { findings, verdict } = diagnosis
  const table = `| | rule | what and what to do |\n| --- | --- | --- |\n${findings.map(row).join('\n')}`
  return {
    verdict,
    message:
      findings.length === 0
        ? 'The registry is in order.'
        : `${plural(findings.length, 'thing')} of the registry to put in order.`,
    summary: ['### Registry', sizes(diagnosis), ...(findings.length > 0 ? [table] : [])].join('\n\n'),
    noun: diagnosis,
    annotations: findingAnnotations(
      findings.filter(({ location }) => location !== null),
      prefix,
    ),
    outputs: { verdict, findings: String(findings.length) },
  }
}
