import type { Annotation, Finding } from '@mlwright/domain'

/** Findings as annotations on the lines where their rules stand; `prefix` leads from the repository to the working directory. */
export function annotationsOf(findings: readonly Finding[], prefix: string): Annotation[] {
  return findings.map((finding) => ({
    level: finding.level === 'fail' ? 'failure' : 'warning',
    title: finding.column ? `${finding.rule}: ${finding.column}` : finding.rule,
    message: finding.message,
    location: finding.location && { ...finding.location, file: `${prefix}${finding.location.file}` },
  }))
}
