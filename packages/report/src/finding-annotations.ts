import type { Annotation, Finding } from '@mlwright/domain'
import { oneLine } from './code.ts'
import type { ReportInput } from './report-input.ts'

/** Findings as annotations on the lines where their rules stand; `prefix` leads from the repository to the configuration. */
export function findingAnnotations(findings: readonly Finding[], prefix: string): Annotation[] {
  return findings.map((finding) => ({
    level: finding.level === 'fail' ? 'failure' : 'warning',
    title: oneLine(finding.column === null ? finding.rule : `${finding.rule}: ${finding.column}`, 200),
    message: finding.message.slice(0, 4000),
    location: finding.location && { ...finding.location, file: `${prefix}${finding.location.file}` },
  }))
}

/** Every finding of a report, failures first, each once. */
export function reportAnnotations(input: ReportInput): Annotation[] {
  const findings = [
    ...input.validations.flatMap((report) => report.findings),
    ...input.models.filter((model) => !model.unchanged).flatMap((model) => model.evaluation?.findings ?? []),
  ]
  const distinct = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
  const sorted = distinct.toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'))
  return findingAnnotations(sorted, input.prefix)
}
