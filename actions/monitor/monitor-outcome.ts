import type { Outcome } from '@mlwright/action'
import { type DriftReport, worst } from '@mlwright/domain'
import { alertedChunks, brokenLimits, driftedColumns, driftedTogether, renderDrift, worseIn } from '@mlwright/report'
import type { Monitored } from './monitor-models.ts'

export const monitorOutputs = {
  verdict:
    '`pass`, `warn` or `fail`: `fail` for drift within the budget, a column that is gone, a declared limit that is exceeded, or no rows.',
  report: 'Path of the DriftReport (JSON); a line for each model where there are several.',
  performance: 'The last chunk with its metrics, measured or estimated, as JSON; empty without `score`.',
  'drifted-columns': 'Names of the columns that have drifted, as a JSON array; a line for each model.',
  'issue-url': 'Address of the issue about drift; empty where all is well.',
} as const

export type MonitorOutcome = Outcome<Record<keyof typeof monitorOutputs, string>>

const namesOf = (report: DriftReport) => driftedColumns(report).map(([name]) => name)

function message({ model, report }: Monitored): string {
  const { reference, current, verdict, budget } = report
  const drifted = namesOf(report)
  const together = driftedTogether(report) ? ['the columns together'] : []
  const found = [...drifted, ...together].length > 0 ? `drift in ${[...drifted, ...together].join(', ')}` : 'no drift'
  const problems = report.findings.length > 0 ? ` ${report.findings.map((finding) => finding.message).join(' ')}` : ''
  const worse = alertedChunks(report) > 0 ? ` Performance is ${worseIn(report)}.` : ''
  const broken = brokenLimits(report)
  const beyond = broken.length > 0 ? ` Beyond its limit: ${broken.join(', ')}.` : ''
  const expected = Number(budget.expected.toPrecision(2))
  const about = model === null ? '' : `${model}: `
  return `${about}${current.name} against ${reference.name}: ${verdict}, ${found}.${problems}${worse}${beyond} Expected false alarms this year at this setting: ${expected}.`
}

/** What monitoring came to; `issues` are the addresses of the issues that were written. */
export function monitorOutcome(all: readonly Monitored[], issues: readonly string[] = []): MonitorOutcome {
  const lines = (text: (monitored: Monitored) => string) => all.map(text).join('\n')
  const verdict = worst(all.map(({ report }) => report.verdict))
  return {
    verdict,
    message: all.length === 0 ? 'Nothing was compared, so nothing is kept.' : [lines(message), ...issues].join('\n'),
    summary: lines(({ report }) => renderDrift(report)),
    noun: all.length === 1 ? all[0]!.report : all.map(({ report }) => report),
    outputs: {
      verdict,
      report: lines(({ path }) => path),
      performance: lines(({ report: { performance } }) =>
        performance ? JSON.stringify(performance.chunks.at(-1) ?? null) : '',
      ),
      'drifted-columns': lines(({ report }) => JSON.stringify(namesOf(report))),
      'issue-url': issues.join('\n'),
    },
  }
}
