import { markdownTable } from './documents/markdown-table.ts'
import type { RegistryEvent } from './registry-event.ts'

const time = (at: number) => new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ')

const code = (text: string | null) => (text ? `\`${/^[0-9a-f]{40}$/.test(text) ? text.slice(0, 7) : text}\`` : '')

/** Events as a Markdown table, in the order in which they are given. */
export function renderHistory(events: readonly RegistryEvent[]): string {
  if (events.length === 0) return 'No tag says anything of a model yet.'
  return markdownTable(
    ['Time (UTC)', 'Model', 'Event', 'Version', 'Stage', 'Commit', 'Tag'],
    'lllllll',
    events.map(({ at, model, event, version, stage, commit, tag }) => [
      time(at),
      code(model),
      event,
      code(version),
      code(stage),
      code(commit),
      code(tag),
    ]),
  )
}
