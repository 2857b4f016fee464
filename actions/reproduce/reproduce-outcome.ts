import type { Outcome } from '@mlwright/action'
import { code } from '@mlwright/report'
import type { Reproduced } from './reproduce-version.ts'

export const reproduceOutputs = {
  verdict: '`pass` for the same bytes, `warn` where a command gave others, else `fail`.',
  digest: 'SHA-256 of the model that was trained; empty where there is none.',
} as const

const icon = { pass: '✅', warn: '⚠️', fail: '❌' } as const

function rows({ digests, environments, commit, run }: Reproduced): [string, string, string][] {
  const { recorded, here } = environments
  const either = (text: string | null | undefined) => (text ? code(text, 64) : '–')
  return [
    ['commit', code(commit), code(commit)],
    ['run', code(run), '–'],
    ['model', either(digests.recorded), either(digests.here)],
    ['mlwright', either(recorded?.mlwright), either(here?.mlwright)],
    ['node', either(recorded?.node), either(here?.node)],
    ['platform', either(recorded?.platform), either(here?.platform)],
  ]
}

/** What reproducing came to. */
export function reproduceOutcome(reproduced: Reproduced): Outcome<Record<keyof typeof reproduceOutputs, string>> {
  const { command, differences, digests, message, tag, verdict } = reproduced
  const differing = differences.map(
    ({ what, recorded, here }) => [code(what), code(recorded, 64), code(here, 64)] as const,
  )
  const table = [...rows(reproduced), ...differing].map((row) => `| ${row.join(' | ')} |`)
  const warning = command
    ? '\n\nThe trainer is a command of the repository: it ran here, and need not be deterministic.'
    : ''
  return {
    verdict,
    message,
    summary: `### ${code(tag)}\n\n${icon[verdict]} ${code(message, 1000)}${warning}\n\n| | recorded | here |\n| --- | --- | --- |\n${table.join('\n')}`,
    noun: reproduced,
    outputs: { verdict, digest: digests.here ?? '' },
  }
}
