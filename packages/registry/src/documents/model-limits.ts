import type { ReleaseFacts } from './release-facts.ts'

const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** What the numbers of a release do not say, or say only weakly, a sentence each; `quote` marks values that are not ours. */
export function modelLimits(
  { evaluation, comparison, run }: Pick<ReleaseFacts, 'evaluation' | 'comparison' | 'run'>,
  quote: (value: string | null) => string,
): string[] {
  const few = evaluation.slices.filter((slice) => slice.rows < 100)
  const lost = Object.entries(evaluation.metrics).filter(([, metric]) => metric.value === null)
  return [
    `Measured on ${grouped(evaluation.rows)} test rows of one dataset; its intervals cover the choice of those rows and nothing else, such as data that changes later.`,
    ...(few.length > 0
      ? [
          `Fewer than 100 test rows, so with wide intervals: ${few.map((s) => `${quote(s.column)} = ${quote(s.value)} (${s.rows})`).join(', ')}.`,
        ]
      : []),
    ...lost.map(([name, { reason }]) => `${quote(name)} is undefined${reason ? `: ${quote(reason)}` : ''}.`),
    ...(comparison && !comparison.paired
      ? ['It was compared with its baseline on different rows, so the intervals of the changes are unpaired.']
      : []),
    ...(run.code.dirty ? ['Files that the commit does not have took part in training.'] : []),
    ...evaluation.findings.map((finding) => quote(finding.message)),
  ]
}
