import type { Outcome } from '@mlwright/action'
import type { Verdict } from '@mlwright/domain'
import { code } from '@mlwright/report'
import type { Registered } from './register.ts'

export const registerOutputs = {
  verdict: '`pass`, or `fail` where a model may not be released.',
  version: 'The version, such as `v1.4.0`; a line for each model where there are several.',
  tag: 'Its tag, such as `churn@v1.4.0`.',
  'release-url': 'Address of its release.',
  created: '`true` where this run registered it.',
  packaged: '`true` where `package` in the configuration asks for an image of it.',
} as const

export type RegisterOutcome = Outcome<Record<keyof typeof registerOutputs, string>>

const line = ({ message, releaseUrl }: Registered) =>
  `- ${code(message, 500)}${releaseUrl?.startsWith('https:') ? ` [release](${releaseUrl})` : ''}`

/** What registering came to. */
export function registerOutcome(all: readonly Registered[], verdict: Verdict): RegisterOutcome {
  const lines = (text: (registered: Registered) => string) => all.map(text).join('\n')
  return {
    verdict,
    message:
      all.length > 0
        ? lines(({ message }) => message)
        : verdict === 'fail'
          ? 'There is nothing to register; the log of the job before this one says why.'
          : 'What is to be released is ready.',
    summary: all.length > 0 ? `### Versions\n\n${lines(line)}` : '',
    noun: all,
    outputs: {
      verdict,
      version: lines(({ version }) => version ?? ''),
      tag: lines(({ tag }) => tag ?? ''),
      'release-url': lines(({ releaseUrl }) => releaseUrl ?? ''),
      created: String(all.some(({ created }) => created)),
      packaged: String(all.some(({ packaged }) => packaged)),
    },
  }
}
