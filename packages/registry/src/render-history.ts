import { markdownTable } from './documents/markdown-table.ts'
import type { RegistryEvent } from './registry-event.ts'

const time = (at: number) => new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ')

const code = (text: string | null) => (text ? `\`${/^[0-9a-f]{40}$/.test(text) ? text.slice(0, 7) : text}\`` : '')

/** Rows that a job summary holds with ease. */
const most = 500

/** Events as a Markdown table, in the order in which they are given; of very many the first 500. */
export function renderHistory(events: readonly RegistryEvent[]): string {
  if (events.length === 0) return 'No tag says anything of a model yet.'
  const table = markdownTable(
    ['Time (UTC)', 'Model', 'Event', 'Version', 'Stage', 'Commit', 'Tag'],
    'lllllll',
    events
      .slice(0, most)
      .map(({ at, model, event, version, stage, commit, tag }) => [
        time(at),
        code(model),
        event,
        code(version),
        code(stage),
        code(commit),
        code(tag),
      ]),
  )
  const more = events.length - most
  return more > 0 ? `${table}\n\n${more} more events are in the JSON.` : table
}
