import type { Annotation, Finding } from '@mlwright/domain'
import { oneLine } from './code.ts'
import type { ReportInput } from './report-input.ts'

/**
 * Findings as annotations on the lines where their rules stand; `prefix` leads from the repository to the configuration.
 * In a file of `differing` the line is another one at the commit that is annotated: there the annotation is the file's.
 */
export function findingAnnotations(
  findings: readonly Finding[],
  prefix: string,
  differing: readonly string[] = [],
): Annotation[] {
  return findings.map(({ column, level, location, message, rule }) => {
    const place = location && { ...location, file: `${prefix}${location.file}` }
    const moved = place !== null && differing.includes(place.file)
    const text = message.slice(0, 4000)
    return {
      level: level === 'fail' ? 'failure' : 'warning',
      title: oneLine(column === null ? rule : `${rule}: ${column}`, 200),
      message: moved ? `${text} (Line ${place.line} of ${place.file} once it is merged; the file differs here.)` : text,
      location: moved ? { file: place.file, line: 1, column: 1 } : place,
    }
  })
}

/** Every finding of a report, failures first, each once. */
export function reportAnnotations(input: ReportInput): Annotation[] {
  const findings = [
    ...input.validations.flatMap((report) => report.findings),
    ...input.models.filter((model) => !model.unchanged).flatMap((model) => model.evaluation?.findings ?? []),
  ]
  const distinct = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
  const sorted = distinct.toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'))
  return findingAnnotations(sorted, input.prefix, input.differing)
}
