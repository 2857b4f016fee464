import type { Outcome } from '@mlwright/action'
import type { Reported } from './report.ts'

export const reportOutputs = {
  verdict: '`pass`, `warn` or `fail`.',
  report: 'Path of the report (Markdown); empty where there is nothing to report.',
  preview: 'Path of the preview (HTML).',
  'comment-url': 'Address of the comment; empty where there is none.',
  'check-url': 'Address of the check run; empty where there is none.',
} as const

/** What an action that reports found out. */
export function reportOutcome(reported: Reported | null): Outcome<Record<keyof typeof reportOutputs, string>> {
  const verdict = reported?.verdict ?? 'pass'
  return {
    verdict,
    message: reported?.title ?? 'There is nothing to report.',
    summary: reported?.summary ?? '',
    annotations: reported?.annotations ?? [],
    noun: reported && { verdict, comment_url: reported.commentUrl, check_url: reported.checkUrl },
    outputs: {
      verdict,
      report: reported ? '.mlwright/report.md' : '',
      preview: reported ? '.mlwright/report.html' : '',
      'comment-url': reported?.commentUrl ?? '',
      'check-url': reported?.checkUrl ?? '',
    },
  }
}
