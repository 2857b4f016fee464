import type { Outcome } from '@mlwright/action'
import { code, plural } from '@mlwright/report'
import type { VerifiedVersion } from './verify-version.ts'

export const verifyOutputs = {
  verdict: '`pass`, `warn` where something could not be told, or `fail` where something does not hold.',
  tag: 'The tag of the version.',
  'release-url': 'Address of its release; empty where it has none.',
} as const

/** A pipe would end the cell, and after a backslash parsers disagree. */
const cell = (text: string) => code(text, 400).replaceAll('|', '¦')

const icon = { pass: '✅', warn: '⚠️', fail: '❌' } as const

function message({ checks, tag, verdict }: VerifiedVersion): string {
  const [wrong] = checks.filter((check) => check.verdict === verdict)
  if (verdict === 'pass') return `${tag} is what was registered: ${plural(checks.length, 'check')} hold.`
  const others = checks.filter((check) => check.verdict === verdict).length - 1
  const lead = verdict === 'fail' ? `${tag} cannot be trusted` : `${tag} holds as far as it can be told`
  return `${lead}: ${wrong!.check}: ${wrong!.message}${others > 0 ? ` (and ${others} more)` : ''}`
}

/** What verifying came to, line by line. */
export function verifyOutcome(verified: VerifiedVersion): Outcome<Record<keyof typeof verifyOutputs, string>> {
  const { checks, release, tag, verdict } = verified
  const rows = checks.map((check) => `| ${icon[check.verdict]} | ${cell(check.check)} | ${cell(check.message)} |`)
  return {
    verdict,
    message: message(verified),
    summary: `### ${code(tag)}\n\n| | check | what was found |\n| --- | --- | --- |\n${rows.join('\n')}`,
    noun: verified,
    outputs: { verdict, tag, 'release-url': release ?? '' },
  }
}
